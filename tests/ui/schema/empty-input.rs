use freehold::prelude::*;

schema!();

fn main() {}
