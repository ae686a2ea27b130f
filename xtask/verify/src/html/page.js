"use strict";

const boxes = [...document.querySelectorAll("fieldset input")];
const wanted = location.hash.slice(1);

function show() {
  const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const example of document.querySelectorAll(".example")) {
    const findings = [...example.querySelectorAll(".finding")];
    findings.forEach((finding) => { finding.hidden = !shown.has(finding.dataset.class); });
    example.hidden = findings.length ? findings.every((finding) => finding.hidden) : !shown.has("fits");
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = [...section.querySelectorAll(".example")].every((example) => example.hidden);
  }
}

if (boxes.some((box) => box.value === wanted)) {
  boxes.forEach((box) => { box.checked = box.value === wanted; });
}
boxes.forEach((box) => box.addEventListener("change", show));
show();
