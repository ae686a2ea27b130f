//! The refresh token of a user: where it is, and what becomes of the next one.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use generated_client::secrecy::{ExposeSecret, SecretString};

/// Where the refresh token comes from.
pub enum RefreshToken {
    /// From a variable of the environment, which cannot be changed for the next run.
    Variable(SecretString),
    /// From a file, in which a new token replaces the one before.
    File(PathBuf),
}

impl RefreshToken {
    pub fn read(&self) -> Result<SecretString, String> {
        match self {
            Self::Variable(token) => Ok(token.clone()),
            Self::File(path) => match fs::read_to_string(path) {
                Ok(text) => Ok(text.trim().into()),
                Err(error) => Err(format!("no refresh token in {}: {error}", path.display())),
            },
        }
    }

    /// Stores a new token, or tells the user. It is a secret, so it is not shown.
    pub fn replace(&self, token: &SecretString) {
        match self {
            Self::Variable(_) => eprintln!(
                "The token service handed out a new refresh token, which may be the only good one from now on. It \
                 was not kept: put a refresh token into a file and set PARTNER_CENTER_REFRESH_TOKEN_FILE to its \
                 path, then new ones are stored there."
            ),
            Self::File(path) => match write(path, token) {
                Ok(()) => eprintln!("Stored a new refresh token in {}.", path.display()),
                Err(error) => eprintln!("Could not store the new refresh token in {}: {error}", path.display()),
            },
        }
    }
}

/// Replaces the file as a whole, so that one of the two tokens is there whatever happens. Only its
/// owner can read it, where files have such rights.
fn write(path: &Path, token: &SecretString) -> io::Result<()> {
    let mut beside = OsString::from(path);
    beside.push(".new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    writeln!(file, "{}", token.expose_secret())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
