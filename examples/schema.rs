//! The command line that an application embeds, here for the schema `shop`.
//!
//! `freehold::cli::main` and the schema are all that it needs. The same program plans, applies and verifies
//! migrations. With the feature `seed` it also writes the rows that every database of the shop needs.
//!
//! ```text
//! cargo run --example schema --features cli -- --help
//! cargo run --example schema --features cli -- migrate new "first" --dir /tmp/migrations
//! cargo run --example schema --features cli -- migrate verify --dir /tmp/migrations --database URL
//! ```

mod schemas;
#[cfg(feature = "seed")]
mod seed;

#[cfg(feature = "seed")]
fn main() -> std::process::ExitCode {
    freehold::cli::main_with_seed(&schemas::shop::SHOP, seed::shop)
}

#[cfg(not(feature = "seed"))]
fn main() -> std::process::ExitCode {
    freehold::cli::main(&schemas::shop::SHOP)
}
