//! The server does not outlive the process that started it.
//!
//! Each test runs this binary again, with [`ENDING`] set to the way the process ends. That process starts a server,
//! prints its directory and port, and ends.

use std::env;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio, exit};
use std::thread::sleep;
use std::time::{Duration, Instant};

use freehold_test_support::{Server, Stop};

type TestResult = Result<(), Box<dyn Error>>;

const ENDING: &str = "FREEHOLD_TEST_ENDING";
const PATIENCE: Duration = Duration::from_secs(3);

/// The directory and the port of a server.
struct Place {
    directory: PathBuf,
    port: u16,
}

impl Place {
    /// Reads the line that [`ending`] prints.
    fn printed_by(child: &mut Child) -> Result<Self, Box<dyn Error>> {
        let output = child.stdout.as_mut().ok_or("the child has no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let line = lines.find_map(|line| line.strip_prefix("server ").map(String::from));
        let line = line.ok_or("the child printed no server")?;
        let (port, directory) = line
            .split_once(' ')
            .ok_or("the child printed no directory")?;
        Ok(Self {
            directory: directory.into(),
            port: port.parse()?,
        })
    }

    fn is_served(&self) -> bool {
        TcpStream::connect(("127.0.0.1", self.port)).is_ok()
    }

    fn is_gone(&self) -> bool {
        !self.directory.exists() && !self.is_served()
    }
}

/// Does nothing unless one of the tests below started this process.
#[test]
fn ending() -> TestResult {
    let Ok(ending) = env::var(ENDING) else {
        return Ok(());
    };
    // The shared server of the process, or one of its own that was restarted or stopped.
    let mut own = None;
    let server = match ending.as_str() {
        "restarted" => {
            let server = own.insert(Server::start()?);
            server.restart(Stop::Immediate)?;
            server
        }
        "stopped" => {
            let server = own.insert(Server::start()?);
            server.stop(Stop::Fast)?;
            server
        }
        _ => Server::shared(),
    };
    if ending != "stopped" {
        server
            .create_database("ending")?
            .psql("CREATE TABLE t ()")?;
    }
    // The test harness has already printed the test's name without a newline.
    #[expect(
        clippy::print_stdout,
        reason = "this is how the test learns of the server"
    )]
    {
        println!(
            "\nserver {} {}",
            server.port(),
            server.directory().display()
        );
    }
    end(&ending)
}

fn end(ending: &str) -> TestResult {
    match ending {
        "return" => Ok(()),
        #[expect(clippy::panic, reason = "this is the ending that is tested")]
        "panic" => panic!("the test panics"),
        "exit" => exit(7),
        _ => {
            sleep(Duration::from_mins(10));
            Ok(())
        }
    }
}

fn start(ending: &str) -> Result<Child, std::io::Error> {
    let mut command = Command::new(env::current_exe()?);
    command
        .args(["--exact", "ending", "--nocapture"])
        .env(ENDING, ending);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()
}

fn assert_gone(place: &Place) {
    let ended = Instant::now();
    while !place.is_gone() {
        assert!(
            ended.elapsed() < PATIENCE,
            "`{}` is still there",
            place.directory.display()
        );
        sleep(Duration::from_millis(10));
    }
}

fn assert_gone_after_sigkill(ending: &str, is_served: bool) -> TestResult {
    let mut child = start(ending)?;
    let place = Place::printed_by(&mut child)?;
    assert_eq!(place.is_served(), is_served);
    assert!(place.directory.exists());
    child.kill()?;
    child.wait()?;
    assert_gone(&place);
    Ok(())
}

fn assert_gone_after(ending: &str) -> TestResult {
    let mut child = start(ending)?;
    let place = Place::printed_by(&mut child)?;
    child.wait()?;
    assert_gone(&place);
    Ok(())
}

#[test]
fn the_server_is_gone_after_the_tests_returned() -> TestResult {
    assert_gone_after("return")
}

#[test]
fn the_server_is_gone_after_a_panic() -> TestResult {
    assert_gone_after("panic")
}

#[test]
fn the_server_is_gone_after_exit() -> TestResult {
    assert_gone_after("exit")
}

#[test]
fn the_server_is_gone_after_sigkill() -> TestResult {
    assert_gone_after_sigkill("wait", true)
}

#[test]
fn a_server_that_was_restarted_is_gone_after_sigkill() -> TestResult {
    assert_gone_after_sigkill("restarted", true)
}

#[test]
fn a_server_that_is_stopped_is_gone_after_sigkill() -> TestResult {
    assert_gone_after_sigkill("stopped", false)
}
