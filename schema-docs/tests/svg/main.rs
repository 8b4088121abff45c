//! Draws diagrams as SVG, reads the pictures back and checks what a reader needs to follow them.

#![allow(clippy::expect_used, clippy::panic, unreachable_pub)]

mod given;
mod output;
mod picture;
mod readable;
mod schemas;
mod shapes;
