//! Code that must not compile, with the compiler's errors, and code that must compile.
//!
//! Each case of `tests/ui` is one mistake; its `.stderr` is the exact error. The texts are those of the toolchain in
//! `rust-toolchain.toml`: another one words its own parts of them differently. After a change of a message, write them
//! again and read the difference:
//!
//! ```sh
//! TRYBUILD=overwrite cargo test --test ui
//! ```

use trybuild::TestCases;

/// Every file of the folder must fail with the errors beside it.
fn cases(folder: &str) {
    TestCases::new().compile_fail(format!("tests/ui/{folder}/*.rs"));
}

#[test]
fn active_view() {
    cases("active-view");
}

#[test]
fn audit() {
    cases("audit");
}

#[test]
fn partition() {
    cases("partition");
}

#[test]
fn policy() {
    cases("policy");
}

#[test]
fn search() {
    cases("search");
}

#[test]
fn transition() {
    cases("transition");
}

#[test]
fn trigger() {
    cases("trigger");
}

#[cfg(feature = "postgres")]
#[test]
fn unscoped() {
    cases("unscoped");
}

#[test]
fn unknown_key() {
    cases("unknown-key");
}

#[test]
fn duplicate_key() {
    cases("duplicate-key");
}

#[test]
fn conflict() {
    cases("conflict");
}

#[test]
fn domain() {
    cases("domain");
}

#[test]
fn echo() {
    cases("echo");
}

#[test]
fn r#enum() {
    cases("enum");
}

#[test]
fn function() {
    cases("function");
}

#[cfg(feature = "postgres")]
#[test]
fn json() {
    cases("json");
}

#[test]
fn key() {
    cases("key");
}

#[test]
fn name() {
    cases("name");
}

#[test]
fn place() {
    cases("place");
}

#[test]
fn procedure() {
    cases("procedure");
}

#[test]
fn reference() {
    cases("reference");
}

#[test]
fn rule() {
    cases("rule");
}

#[test]
fn schema() {
    cases("schema");
}

#[test]
fn scope() {
    cases("scope");
}

#[test]
fn syntax() {
    cases("syntax");
}

#[test]
fn r#type() {
    cases("type");
}

#[test]
fn view() {
    cases("view");
}

#[test]
fn pass() {
    TestCases::new().pass("tests/ui/pass/*.rs");
}
