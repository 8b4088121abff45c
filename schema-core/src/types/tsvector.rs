/// The searchable words of a text, as PostgreSQL's `tsvector`, in its text form (`'cat':3 'fat':2`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TsVector(pub String);
