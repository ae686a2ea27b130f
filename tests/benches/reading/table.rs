//! What is printed, and how much there may be of it.

use crate::measure::{Measured, Memory, Work};

/// A page, and how much work the client may have with it, in that of types by hand.
struct Page {
    name: &'static str,
    title: &'static str,
    call: f64,
    from_str: f64,
    written: f64,
}

/// Where nothing is judged.
const ANY: f64 = f64::INFINITY;

const PAGES: [Page; 4] = [
    Page { name: "objects", title: "objects", call: 1.0, from_str: 1.2, written: 0.9 },
    Page { name: "sorted", title: "objects, their members in another order", call: 1.0, from_str: 1.2, written: ANY },
    Page { name: "events", title: "unions with a discriminator", call: 1.2, from_str: 1.2, written: ANY },
    Page { name: "stops", title: "unions without a discriminator", call: 1.2, from_str: 1.2, written: ANY },
];

/// How many bytes there may be at once, for each that is left in the value.
const PEAK: f64 = 1.5;

/// How many MiB there may be at once for what is not kept.
const NOT_KEPT: f64 = 1.0;

const MIB: f64 = 1_048_576.0;

/// Prints how much work there is; what is too much.
pub fn of_work(measured: &Measured<Work>) -> Vec<String> {
    let mut complaints = Vec::new();
    line("1,000 items, in millions of instructions", ["by hand", "client", "ratio", "limit", "time"]);
    for Page { name, title, call, from_str, written } in PAGES {
        println!("{title}");
        let mut compare = |what, client, hand, limit| {
            let work = |what| &measured[&format!("{name} {what}")];
            let ratio = compared(what, work(client), work(hand), limit);
            complaints.extend(ratio.and_then(|ratio| judged(title, what, ratio, limit, "times the instructions")));
        };
        compare("read by a call", "call", "hand", call);
        compare("read by serde_json::from_str", "from_str", "hand", from_str);
        compare("read as serde_json::Value instead", "tree", "hand", ANY);
        compare("written", "written", "written hand", written);
    }
    complaints
}

/// Prints a line of two works; the ratio of their instructions, if these were counted.
fn compared(what: &str, client: &Work, hand: &Work, limit: f64) -> Option<f64> {
    let time = format!("{:.2}", client.seconds / hand.seconds);
    let Some((client, hand)) = client.instructions.zip(hand.instructions) else {
        row(what, ["-", "-", "-", "", &time]);
        return None;
    };
    let ratio = client / hand;
    row(what, [&shown(hand / 1e6), &shown(client / 1e6), &shown(ratio), &shown(limit), &time]);
    Some(ratio)
}

/// Prints how much memory is taken; what is too much.
pub fn of_memory(measured: &Measured<Memory>) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut of = |title, name, amount: fn(&Memory) -> f64, limit, unit| {
        println!("{title}");
        let amount = |what: &str| amount(&measured[&format!("{name} {what}")]);
        for (what, client) in [("read by a call", "call"), ("read by serde_json::from_str", "from_str")] {
            row(what, [&shown(amount("hand")), &shown(amount(client)), "", &shown(limit), ""]);
            complaints.extend(judged(title, what, amount(client), limit, unit));
        }
    };
    line("20 MB, in bytes at once for each that is left", ["by hand", "client", "", "limit", ""]);
    for Page { name, title, .. } in PAGES {
        of(title, name, |memory| memory.peak / memory.size, PEAK, "bytes at once for each that is left");
    }
    println!();
    line("32 MiB of a member, in MiB at once", ["by hand", "client", "", "limit", ""]);
    of("a member that is not kept", "not kept", |memory| memory.peak / MIB, NOT_KEPT, "MiB at once");
    complaints
}

/// That something is too much, if it is.
fn judged(title: &str, what: &str, amount: f64, limit: f64, unit: &str) -> Option<String> {
    (amount > limit).then(|| format!("{title}, {what}: {amount:.3} {unit}; {limit:.3} are the most"))
}

fn shown(amount: f64) -> String {
    if amount < ANY { format!("{amount:.3}") } else { String::new() }
}

fn row(what: &str, cells: [&str; 5]) {
    line(&format!("  {what}"), cells);
}

fn line(title: &str, [hand, client, ratio, limit, time]: [&str; 5]) {
    let line = format!("{title:<48}{hand:>10}{client:>10}{ratio:>8}{limit:>9}{time:>7}");
    println!("{}", line.trim_end());
}
