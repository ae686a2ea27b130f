//! The program that has the commands, and what goes without saying in it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use codegen::Rule;

use crate::explain;

const SPEC: &str = "spec/partner-center.yaml";

pub(crate) const OUT: &str = "generated-client";

/// The program that has the commands: messages and emitted files name it, and its defaults are those of its project.
pub struct Home {
    /// What the program is called.
    pub name: &'static str,
    /// What a person writes to run it.
    pub command: &'static str,
    /// What it is for, in its help.
    pub about: &'static str,
    /// The folder of the project whose own program it is. Any other program has no description of its own, and paths
    /// count from the folder that it runs in.
    pub root: Option<PathBuf>,
}

#[derive(Parser)]
#[command(version, max_term_width = 100, arg_required_else_help = true)]
struct Arguments<C: Subcommand> {
    /// Say what the rule of a message is about, and what to do
    #[arg(long, value_name = "RULE", exclusive = true, value_parser = explain::rule)]
    explain: Option<Rule>,

    #[command(subcommand)]
    command: Option<C>,
}

impl Home {
    /// The command that the program is asked for; none if it has said by now what it was asked.
    ///
    /// What cannot be understood ends the program.
    pub fn parse<C: Subcommand>(&self) -> Option<C> {
        let command = Arguments::<C>::command().name(self.name).bin_name(self.command).about(self.about);
        let command = if self.root.is_some() { self.with_defaults(command) } else { command };
        let parsed = Arguments::<C>::from_arg_matches(&command.get_matches());
        let arguments = parsed.unwrap_or_else(|error| error.exit());
        if let Some(rule) = arguments.explain {
            explain::run(rule);
        }
        arguments.command
    }

    /// The program, with the files of the project where the user names none.
    fn with_defaults(&self, program: clap::Command) -> clap::Command {
        let (spec, out) = (self.own(SPEC), self.own(OUT));
        let spec = |arg: clap::Arg| arg.required(false).default_value(&spec);
        program
            .mut_subcommand("codegen", |of| of.mut_arg("spec", spec).mut_arg("out", |arg| arg.default_value(out)))
            .mut_subcommand("diff", |of| of.mut_arg("spec", spec))
    }

    /// Where a path of the project is, from the folder that the command runs in.
    fn own(&self, path: &str) -> OsString {
        match (&self.root, std::env::current_dir()) {
            (Some(root), Ok(current)) if current != *root => root.join(path).into(),
            _ => path.into(),
        }
    }

    /// Whether the project has a file at this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.as_ref().is_some_and(|root| root.join(path).is_file())
    }

    /// What a description is called: its path from the project's root, wherever the command runs, or as it was given.
    pub(crate) fn name_of(&self, spec: &Path) -> String {
        self.below_root(spec).as_deref().unwrap_or(spec).display().to_string()
    }

    /// The path of a file from the project's root, if it is below that.
    pub(crate) fn below_root(&self, path: &Path) -> Option<PathBuf> {
        let root = self.root.as_ref()?.canonicalize().ok()?;
        Some(path.canonicalize().ok()?.strip_prefix(root).ok()?.to_owned())
    }
}
