//! The command line of the schema `shop`: what an application embeds, in three lines.
//!
//! ```text
//! cargo run --example schema --features cli -- --help
//! cargo run --example schema --features cli -- migrate new "first" --dir /tmp/migrations
//! cargo run --example schema --features cli -- migrate verify --dir /tmp/migrations --database URL
//! ```

mod schemas;

fn main() -> std::process::ExitCode {
    freehold::cli::main(&schemas::shop::SHOP)
}
