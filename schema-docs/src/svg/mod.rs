//! A diagram as SVG: tables as boxes, references as lines with crow's feet.

mod draw;
mod edge;
mod entity;
mod foot;
mod layout;
mod legend;
mod lines;
mod options;
pub mod style;
mod text;

pub use draw::svg;
pub use options::SvgOptions;
