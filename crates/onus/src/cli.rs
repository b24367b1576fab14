//! The arguments, and the help that teaches them.

use crate::variables::Variables;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use onus_model::Target;
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// The AWS Shared Responsibility Model, executable: whose duty is what in the workload that you run, and is your part done?
#[derive(Debug, Parser)]
#[command(name = "onus", version, styles = STYLES, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Exit codes: 0 in order, 1 findings at or above --fail-on, 2 usage or input error, 3 evidence incomplete under --strict."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to colour what is printed. NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_enum, default_value_t = When::Auto, global = true)]
    pub(crate) color: When,

    /// Draw with ASCII characters alone
    #[arg(long, global = true)]
    pub(crate) ascii: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Derive whose duty everything is, check the part that is yours, and report
    #[command(after_help = ASSESS_EXAMPLES)]
    Assess(Box<Assess>),
    /// The responsibility matrix: every control and statement, AWS's part and yours, with the reason for each cell
    #[command(after_help = MATRIX_EXAMPLES)]
    Matrix(Box<Matrix>),
    /// Whose a control is in your workload, why, and what would change it
    #[command(after_help = WHY_EXAMPLES)]
    Why(Box<Why>),
    /// Write OSCAL documents: catalogs, components, security plans, assessment results
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Box<Export>),
    /// Import a catalog or profile in OSCAL that you own, to see its texts wherever a control is shown
    #[command(subcommand, after_help = CATALOG_EXAMPLES)]
    Catalog(Catalog),
    /// Who is responsible for a service, layer by layer, and why
    #[command(after_help = WHO_EXAMPLES)]
    Who(Who),
    /// A check's page: what it looks at, why, and how to mend it
    Explain(Explain),
    /// What onus knows: services, layers, frameworks, checks, programs
    List(List),
    /// Keep evidence of what no check decides: records with owner, date, validity and files
    Evidence(Evidence),
    /// Write a commented onus.yaml
    Init(Init),
    /// Print completions for a shell: onus completions bash > /etc/bash_completion.d/onus
    Completions(Completions),
    /// Write the man pages into a folder
    Man(Man),
}

const ASSESS_EXAMPLES: &str = "Examples:
  onus assess                         what onus.yaml names, else the working folder
  onus assess infra/ --parameters prod.json
  terraform show -json tfplan | onus assess -
  onus assess --services ecs,rds,s3   at design time, before anything exists
  onus assess infra/ --format sarif -o onus.sarif --fail-on high
  onus assess infra/ --baseline main.json   only what is new";

const MATRIX_EXAMPLES: &str = "Examples:
  onus matrix infra/ --framework fedramp-r5-moderate -o crm.xlsx
  onus matrix --services ecs,rds,s3 --framework csa-ccm-v4 --format csv
  onus matrix --compare main HEAD --format markdown     what moves between two commits
  onus matrix --compare before/ after/                  or between two folders";

const WHY_EXAMPLES: &str = "Examples:
  onus why ac-2 infra/
  onus why ac-2_smt.a infra/ --framework fedramp-r5-moderate
  onus why patch-management --services ec2,s3";

const EXPORT_EXAMPLES: &str = "Examples:
  onus export ssp infra/ --framework fedramp-r5-moderate -o ssp.json
  onus export all infra/ --framework fedramp-r5-moderate -o oscal/
  onus export component-definitions -o oscal/    every service, with both parties' parts per control
  onus export mapping --framework hipaa-security-rule -o mapping.yaml --yaml";

const CATALOG_EXAMPLES: &str = "Examples:
  onus catalog import NIST_SP-800-53_rev5_catalog.json
  onus catalog import our-profile.json --with our-catalog.json --id our-baseline";

const WHO_EXAMPLES: &str = "Examples:
  onus who ec2              every layer of Amazon EC2
  onus who ecs guest-os     one layer, in each variant of the service";

/// What to read, and by whose words.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Files and folders to read; `-` is standard input [default: the inputs of onus.yaml, else `.`]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// Files and folders to leave out, in a pattern as .gitignore has it (`examples/`, `*.test.yaml`); may be repeated
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<String>,

    /// Services to assume in use, beside what the paths hold
    #[arg(long, value_name = "ID,...", value_delimiter = ',')]
    pub(crate) services: Vec<String>,

    /// Parameter values for CloudFormation templates, in either of AWS's formats; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) parameters: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) variables: Variables,

    /// The workspace that Terraform source is read for (`terraform.workspace`) [default: TF_WORKSPACE, else the one that is selected in the folder]
    #[arg(long, value_name = "NAME")]
    pub(crate) workspace: Option<String>,

    /// A folder or file with checks of your own; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(crate) checks: Vec<PathBuf>,

    /// The account's number, where templates ask for it
    #[arg(long, value_name = "NUMBER")]
    pub(crate) account: Option<String>,

    /// The region, where templates ask for it
    #[arg(long, value_name = "NAME")]
    pub(crate) region: Option<String>,

    /// A framework whose controls to derive (`onus list frameworks`); may be repeated [default: those of onus.yaml, else the model's own]
    #[arg(long = "framework", value_name = "ID")]
    pub(crate) frameworks: Vec<String>,

    /// The project file [default: onus.yaml, found upward from the working folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// Derive, check and report.
#[derive(Debug, Args)]
pub(crate) struct Assess {
    #[command(flatten)]
    pub(crate) reading: Reading,

    /// The form of the report
    #[arg(long, short, value_enum, default_value_t = Format::Terminal)]
    pub(crate) format: Format,

    /// Where the report goes [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Where the HTML page goes that accompanies the terminal report
    #[arg(long, value_name = "FILE", default_value = "onus-report.html")]
    pub(crate) html: PathBuf,

    /// Write no HTML page beside the terminal report
    #[arg(long, conflicts_with = "html")]
    pub(crate) no_html: bool,

    /// Which findings to list
    #[arg(long, value_enum, default_value_t = Show::Open)]
    pub(crate) show: Show,

    /// An earlier report in JSON: findings that it has already are left out, and do not fail the run
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// The severity from which a finding fails the run [default: that of onus.yaml, else low]
    #[arg(long, value_enum)]
    pub(crate) fail_on: Option<FailOn>,

    /// Fail with 3 where a duty of yours lacks evidence or could not be decided
    #[arg(long)]
    pub(crate) strict: bool,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, at a terminal
    Terminal,
    /// The contract: docs/assessment.schema.json
    Json,
    /// For code scanning
    Sarif,
    /// For test reports of CI systems
    Junit,
    /// For a comment in a pull request
    Markdown,
    /// One self-contained page
    Html,
}

/// Which findings to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Show {
    /// What needs attention
    Open,
    /// Passes too
    All,
}

/// From which severity the run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Low,
    Medium,
    High,
    Critical,
    /// Findings never fail the run
    None,
}

/// The responsibility matrix.
#[derive(Debug, Args)]
pub(crate) struct Matrix {
    #[command(flatten)]
    pub(crate) reading: Reading,

    /// In whose words the answer is given [default: those of the framework's field]
    #[arg(long, value_enum)]
    pub(crate) convention: Option<ConventionName>,

    /// The form of the matrix [default: by the ending of --output, else for the terminal]
    #[arg(long, short, value_enum)]
    pub(crate) format: Option<MatrixFormat>,

    /// Where the matrix goes [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Show what moves between two workloads: folders, files, or revisions of git, of which the paths are then read
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub(crate) compare: Vec<String>,
}

/// In whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConventionName {
    /// The Shared Responsibility Model's: inherited, shared, customer specific
    Aws,
    /// Control origination as a FedRAMP SSP writes it
    Fedramp,
    /// Ownership as CSA's CAIQ names it
    Caiq,
}

/// The forms of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatrixFormat {
    /// For people, at a terminal
    Terminal,
    /// A line per control and statement
    Csv,
    /// The same as JSON
    Json,
    /// For a page in a repository, or a comment in a pull request
    Markdown,
    /// One self-contained page
    Html,
    /// A workbook in the arrangement of FedRAMP's CIS and CRM, with all that stands behind it
    Xlsx,
}

/// Write OSCAL documents.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to write
    #[arg(value_enum)]
    pub(crate) what: ExportWhat,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// The file; or the folder, where several are written
    #[arg(long, short, value_name = "FILE|DIR")]
    pub(crate) output: PathBuf,

    /// Write YAML instead of JSON
    #[arg(long)]
    pub(crate) yaml: bool,

    /// Allow what NIST has published for evaluation only: shared-responsibility
    #[arg(long)]
    pub(crate) experimental: bool,
}

/// The documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportWhat {
    /// The framework's catalogue
    Catalog,
    /// The framework's selection of controls
    Profile,
    /// The crosswalk from the framework to another
    Mapping,
    /// Every service, with both parties' parts per control
    ComponentDefinitions,
    /// The system security plan of the workload
    Ssp,
    /// AWS's side of it: what it provides, and what it leaves to you
    Leveraged,
    /// Which controls are assessed, by which checks
    AssessmentPlan,
    /// What the checks found, and how each statement stands
    AssessmentResults,
    /// The plan of action and milestones: what is to be done
    Poam,
    /// The Shared Responsibility prototype: what you provide, leave, inherit and satisfy; needs --experimental
    SharedResponsibility,
    /// All of these but the components and the prototype
    All,
}

/// What to do with catalogs.
#[derive(Debug, Subcommand)]
pub(crate) enum Catalog {
    /// Import a catalog or profile in OSCAL, JSON or YAML
    Import(Import),
}

/// Import a catalog or profile.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file
    pub(crate) file: PathBuf,

    /// A file that a profile imports, where it does not lie beside the profile; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) with: Vec<PathBuf>,

    /// The id under which it is known here [default: from its title]
    #[arg(long)]
    pub(crate) id: Option<String>,

    /// The framework that it is the text of [default: the one whose ids match]
    #[arg(long, value_name = "ID")]
    pub(crate) framework: Option<String>,

    /// The project file [default: onus.yaml, found upward from the working folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// Why a control is whose it is.
#[derive(Debug, Args)]
pub(crate) struct Why {
    /// The control's id, or a statement's (`ac-2`, `ac-2_smt.a`)
    pub(crate) control: String,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// In whose words the answer is given [default: those of the framework's field]
    #[arg(long, value_enum)]
    pub(crate) convention: Option<ConventionName>,
}

/// Who is responsible.
#[derive(Debug, Args)]
pub(crate) struct Who {
    /// The service's id (`onus list services`)
    pub(crate) service: String,
    /// A layer (`onus list layers`)
    pub(crate) layer: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// A check's page.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The check's id (`onus list checks`)
    pub(crate) check: String,
    /// A folder or file with checks of your own; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(crate) checks: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What to list.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// What
    #[arg(value_enum)]
    pub(crate) what: What,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    Services,
    Layers,
    Frameworks,
    Checks,
    Programs,
}

/// Keep evidence.
#[derive(Debug, Args)]
pub(crate) struct Evidence {
    #[command(subcommand)]
    pub(crate) action: EvidenceAction,
}

/// What to do with evidence.
#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceAction {
    /// Write a record into the evidence folder, with the hashes of its files
    #[command(after_help = ADD_EXAMPLES)]
    Add(Box<AddEvidence>),
    /// What is still to show, and the records that there are
    List(Box<ListEvidence>),
    /// Look at the records again: files that have changed or are missing, dates that have passed, missing signatures
    Verify(VerifyEvidence),
}

const ADD_EXAMPLES: &str = "Examples:
  onus evidence add restore-test --for duty/rds/resilience --owner Jo --due 2027-03-31
  onus evidence add restore-test-2026 --for nist-800-53-r5/cp-9_smt.a --owner Jo \\
      --result satisfied --valid-until 2027-10-01 --signed-off-by Kim --file evidence/files/restore.pdf
`onus evidence list` names the tasks that a record can be for.";

/// Write a record.
#[derive(Debug, Args)]
pub(crate) struct AddEvidence {
    /// The record's id, which becomes the file's name
    pub(crate) id: String,

    /// What it is for: framework/control, framework/statement or duty/service/layer; may be repeated
    #[arg(long = "for", value_name = "TASK", required = true)]
    pub(crate) targets: Vec<Target>,

    /// Who sees to it
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: String,

    /// When it has to be done, or done again
    #[arg(long, value_name = "DATE")]
    pub(crate) due: Option<Date>,

    /// How it is satisfied
    #[arg(long, value_name = "TEXT")]
    pub(crate) how: Option<String>,

    /// Whether it is done; without it the record is a plan
    #[arg(long, value_enum)]
    pub(crate) result: Option<RecordResult>,

    /// The day on which that was so [default: today]
    #[arg(long, value_name = "DATE", requires = "result")]
    pub(crate) date: Option<Date>,

    /// The last day on which it counts
    #[arg(long, value_name = "DATE", requires = "result")]
    pub(crate) valid_until: Option<Date>,

    /// Who signed it off; it proves nothing before
    #[arg(long, value_name = "NAME", requires = "result")]
    pub(crate) signed_off_by: Option<String>,

    /// A file in the evidence folder that shows it; may be repeated
    #[arg(long = "file", value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Anything else
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,

    /// The project file [default: onus.yaml, found upward from the working folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// Whether something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordResult {
    Satisfied,
    NotSatisfied,
}

/// List tasks and records.
#[derive(Debug, Args)]
pub(crate) struct ListEvidence {
    #[command(flatten)]
    pub(crate) reading: Reading,

    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Look at the records again.
#[derive(Debug, Args)]
pub(crate) struct VerifyEvidence {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// The project file [default: onus.yaml, found upward from the working folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// Write onus.yaml.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder
    #[arg(default_value = ".")]
    pub(crate) folder: PathBuf,
}

/// Shell completions.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Man pages.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder
    pub(crate) folder: PathBuf,
}
