//! The document of a full-text search.

use super::printer::Printer;
use crate::ir::Expr;

impl Printer<'_> {
    pub(crate) fn document(self, language: &str, parts: &[(Expr, String)]) -> String {
        let parts: Vec<_> = parts
            .iter()
            .map(|(text, weight)| self.dialect.document(language, &self.expr(text), weight))
            .collect();
        parts.join(" || ")
    }
}
