// In SQL the word stands alone.

use freehold::prelude::*;

#[derive(Function)]
#[function(returns = i32, stable, body = "BEGIN RETURN 1; END;")]
pub struct One;

fn main() {}
