use freehold::prelude::*;

struct Plain;

schema!(pub APP = [Plain]);

fn main() {}
