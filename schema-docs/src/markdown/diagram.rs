/// A diagram in a document.
#[derive(Clone, Debug)]
pub struct MermaidDiagram {
    /// What it shows.
    pub title: String,
    /// The text of the diagram.
    pub text: String,
}
