//! Waiting for a process, but not for ever.

use std::io;
use std::process::{Child, ExitStatus};
use std::time::Duration;

use wait_timeout::ChildExt;

/// How a process ended; `None` if it took longer than `limit`, and was killed. Nothing ends in no
/// time at all.
///
/// # Errors
///
/// When the system cannot tell.
pub fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<ExitStatus>> {
    if !limit.is_zero()
        && let Some(status) = child.wait_timeout(limit)?
    {
        return Ok(Some(status));
    }
    // It may have ended in between, which is as good.
    let _ = child.kill();
    child.wait()?;
    Ok(None)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn what_takes_too_long_is_killed() {
        let run = |seconds: &str, limit| {
            let mut child = Command::new("sleep").arg(seconds).spawn().expect("a process");
            wait(&mut child, limit).expect("an answer").map(|status| status.success())
        };
        assert_eq!(run("0", Duration::from_secs(60)), Some(true));
        assert_eq!(run("600", Duration::from_millis(50)), None);
        assert_eq!(run("0", Duration::ZERO), None);
    }
}
