//! A large stack for the parser, which recurses for each parenthesis and each operator of a chain.

use std::panic;
use std::thread;

/// The size of the stack in bytes. Pages that are never touched cost no memory.
const STACK: usize = 256 << 20;

/// The deepest nesting that the parser gets. The stack is large enough for it, and no real statement nests deeper.
const DEEPEST: usize = 5_000;

/// Runs `run` on a thread with a large stack, or on this thread if no thread can be started.
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

/// Whether a statement nests parentheses and brackets deeper than `DEEPEST`.
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
