//! Writes pages for a browser: `cargo run -p freehold-schema-docs --example pages -- DIR`.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use support::schemas::{ecommerce, shop};
use support::{Page, filled, hostile, large};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = std::env::args_os().nth(1).ok_or("expected a directory")?;
    let directory = PathBuf::from(directory);
    std::fs::create_dir_all(&directory)?;
    for (name, page) in pages() {
        std::fs::write(directory.join(format!("{name}.html")), page.html)?;
    }
    Ok(())
}

fn pages() -> [(&'static str, Page); 5] {
    let ecommerce = Page::of_structs(&ecommerce::ECOMMERCE);
    let shop = Page::of_structs(&shop::SHOP);
    let filled = Page::of(shop.schema.clone(), filled::fill(shop.document.clone()));
    let large = Page::of_schema(large::large(&ecommerce.schema, 100));
    [
        ("shop", shop),
        ("ecommerce", ecommerce),
        ("filled", filled),
        ("large", large),
        ("hostile", Page::of_schema(hostile::hostile())),
    ]
}
