//! Stops a server when the test process ends, in whatever way it ends.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::Error;
use crate::account::{Account, closed_above};
use crate::binaries::{Binaries, LOCALE, clear_environment};

/// Creates and serves `$1/data` until the end of its input. Then it stops the server and removes `$1`.
///
/// The server is a child of this script, not of the test process, so a server never runs without something that stops
/// it. `$1/status` exists as soon as the server has ended or could not start. The input may contain `stop SIGNAL`,
/// after which `$1/stopped` exists as soon as the server has ended, and then `start`.
const SCRIPT: &str = r#"
directory=$1 initdb=$2 postgres=$3 locale=$4
shift 4
serve() {
    "$initdb" --pgdata="$directory/data" --no-sync --auth=trust --username=postgres --encoding=UTF8 --locale="$locale" &&
        "$postgres" -D "$directory/data" "$@"
    code=$?
    while [ -e "$directory/stopping" ]; do
        : >"$directory/stopped"
        while [ -e "$directory/stopping" ] && [ ! -e "$directory/ending" ]; do sleep 0.02; done
        [ ! -e "$directory/ending" ] || break
        rm "$directory/stopped"
        "$postgres" -D "$directory/data" "$@"
        code=$?
    done
    echo "$code" >"$directory/status"
}
signal() {
    { read -r pid <"$directory/data/postmaster.pid" && [ "$pid" -gt 0 ] && kill "-$1" "$pid"; } 2>/dev/null
}
serve "$@" </dev/null &
served=$!
while read -r word name; do
    case $word in
        stop) : >"$directory/stopping"; signal "$name" ;;
        start) rm "$directory/stopping" ;;
    esac
done
: >"$directory/ending"
while kill -0 "$served" 2>/dev/null; do
    signal QUIT
    sleep 0.05
done
rm -rf -- "$directory"
"#;

/// A shell that runs the server and reads from a pipe. Only this process holds the other end of the pipe, because the
/// standard library closes it in every child process. When this process ends, the pipe closes, and the shell ends the
/// server.
#[derive(Debug)]
pub(crate) struct Watchdog {
    shell: Child,
    pipe: Option<ChildStdin>,
}

impl Watchdog {
    /// Starts a server in the `directory`, with the server's `options`.
    pub(crate) fn start(
        directory: &Path,
        binaries: &Binaries,
        options: &[String],
    ) -> Result<Self, Error> {
        let mut command = shell(directory, SCRIPT)?;
        command
            .args([&binaries.initdb, &binaries.postgres])
            .arg(LOCALE)
            .args(options);
        Self::spawn(directory, command)
    }

    /// Runs a script. At the end of its input, the script must end what it runs, and remove `directory`. The
    /// arguments of the script are `directory` and the `parameters`.
    pub(crate) fn run(directory: &Path, script: &str, parameters: &[&Path]) -> Result<Self, Error> {
        let mut command = shell(directory, script)?;
        command.args(parameters);
        Self::spawn(directory, command)
    }

    fn spawn(directory: &Path, mut command: Command) -> Result<Self, Error> {
        if let Some(account) = Account::for_server(directory)? {
            account.own(directory)?;
            account.run(&mut command);
        }
        let spawned = command.spawn();
        let mut shell = spawned.map_err(|error| not_spawned(error, directory))?;
        let pipe = shell.stdin.take();
        Ok(Self { shell, pipe })
    }

    /// Sends a line to the script.
    pub(crate) fn say(&self, line: &str) -> Result<(), Error> {
        let said = match &self.pipe {
            Some(pipe) => writeln!(&mut &*pipe, "{line}"),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        said.map_err(Error::at(Path::new("sh")))
    }
}

/// Spawning includes changing to the directory. The system reports both failures alike.
fn not_spawned(error: io::Error, directory: &Path) -> Error {
    match closed_above(directory) {
        Some(closed) if error.kind() == io::ErrorKind::PermissionDenied => {
            Error::Unreachable(closed.to_owned())
        }
        _ => Error::at(Path::new("sh"))(error),
    }
}

/// The shell gets its own process group, so a Ctrl-C in the tests does not reach it.
fn shell(directory: &Path, script: &str) -> Result<Command, Error> {
    let path = log_path(directory);
    let log = File::create(&path).map_err(Error::at(&path))?;
    let mut command = Command::new("sh");
    command
        .args(["-c", script, "freehold-test-server"])
        .arg(directory);
    command
        .stdin(Stdio::piped())
        .stdout(log.try_clone().map_err(Error::at(&path))?)
        .stderr(log);
    command.current_dir(directory).process_group(0);
    clear_environment(&mut command);
    Ok(command)
}

pub(crate) fn log_path(directory: &Path) -> PathBuf {
    directory.join("log")
}

/// Stops the server and waits until its directory is removed.
impl Drop for Watchdog {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // If the shell cannot be waited for, it has already ended.
        let _ = self.shell.wait();
    }
}
