//! `--var` and `--var-file`: of two that state a variable, the later counts, as with Terraform. Clap keeps the values of
//! each apart, so their places on the command line are put together here.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};
use onus_workload::terraform::Given;
use std::path::PathBuf;

/// Values for Terraform's variables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables {
    /// As they stand on the command line.
    pub(crate) in_order: Vec<Given>,
}

const FILE: &str = "var-file";
const VALUE: &str = "var";

impl Args for Variables {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new(FILE)
            .long(FILE)
            .value_name("FILE")
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .help("A file with values for Terraform's variables, over those that Terraform loads by itself; may be repeated");
        let value = Arg::new(VALUE)
            .long(VALUE)
            .value_name("NAME=VALUE")
            .action(ArgAction::Append)
            .value_parser(pair)
            .help("A value for a variable of Terraform's; of these and of files the last counts; may be repeated");
        command.arg(file).arg(value)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Variables {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let places = |name| matches.indices_of(name).into_iter().flatten();
        let files = matches.get_many::<PathBuf>(FILE).into_iter().flatten();
        let values = matches.get_many::<(String, String)>(VALUE).into_iter().flatten();
        let files = places(FILE).zip(files.map(|path| Given::File(path.clone())));
        let values = places(VALUE).zip(values.map(|(name, value)| Given::Value(name.clone(), value.clone())));
        let mut all: Vec<(usize, Given)> = files.chain(values).collect();
        all.sort_by_key(|(place, _)| *place);
        Ok(Self { in_order: all.into_iter().map(|(_, given)| given).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("there is no `=`: write `--var name=value`")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], expected: &[&str]) {
        let command = Variables::augment_args(Command::new("onus").no_binary_name(true));
        let matches = command.try_get_matches_from(arguments).unwrap();
        let variables = Variables::from_arg_matches(&matches).unwrap();
        let shown = |given: &Given| match given {
            Given::File(path) => path.display().to_string(),
            Given::Value(name, value) => format!("{name}={value}"),
        };
        assert_eq!(variables.in_order.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn files_and_values_stay_in_the_order_of_the_command_line() {
        check(&[], &[]);
        check(&["--var", "a=1", "--var-file", "x", "--var=b=2=3"], &["a=1", "x", "b=2=3"]);
        check(&["--var-file=x", "--var", "a=", "--var-file", "y"], &["x", "a=", "y"]);
    }

    #[test]
    fn a_value_has_a_name() {
        let command = Variables::augment_args(Command::new("onus").no_binary_name(true));
        let error = command.try_get_matches_from(["--var", "a"]).unwrap_err();
        assert!(error.to_string().contains("write `--var name=value`"));
    }
}
