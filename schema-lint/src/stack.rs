//! Room for the parser, which calls itself for each parenthesis and each operator of a chain.

use std::panic;
use std::thread;

/// Pages that are not touched cost nothing.
const STACK: usize = 256 << 20;

/// What the room is enough for, by far, and no statement that somebody wrote has.
const DEEPEST: usize = 5_000;

/// Runs it with much room; with what there is, where no thread is to be had.
pub(super) fn roomy<T: Send>(run: impl Fn() -> T + Send + Sync) -> T {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        match thread.spawn_scoped(scope, &run) {
            Ok(running) => running
                .join()
                .unwrap_or_else(|payload| panic::resume_unwind(payload)),
            Err(_) => run(),
        }
    })
}

/// Whether a statement has more parentheses in each other than the room is for.
pub(super) fn is_too_deep(sql: &str) -> bool {
    let mut depth = 0_usize;
    sql.bytes().any(|byte| {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}
