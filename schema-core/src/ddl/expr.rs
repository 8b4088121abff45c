use super::printer::Printer;
use crate::ir::{Expr, SqlType};
use crate::model::{BinaryOp, RowVersion, UnaryOp};
use crate::sql::ends_in_comment;

/// How tightly an expression binds its operands, loosest first (PostgreSQL manual, 4.1.6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Or,
    And,
    Not,
    Is,
    Comparison,
    Membership,
    OtherOperator,
    Additive,
    Multiplicative,
    Sign,
    Atom,
}

impl Printer<'_> {
    /// An expression, with the parentheses that it needs.
    pub fn expr(self, expr: &Expr) -> String {
        match expr {
            Expr::Column(name) => self.identifier(name),
            // A newline ends a comment in the text, so that the comment does not include the SQL after it.
            Expr::Sql(text) if ends_in_comment(text) => format!("{text}\n"),
            Expr::Number(text) | Expr::Keyword(text) | Expr::Sql(text) => text.clone(),
            Expr::Text(text) => self.text(text),
            Expr::Bool(value) => value.to_string(),
            Expr::Null => "NULL".to_owned(),
            Expr::Unary(op, operand) => self.unary(*op, operand),
            Expr::Binary(op, left, right) => self.binary(*op, left, right),
            Expr::IsNull { operand, negated } => {
                format!(
                    "{} IS {}NULL",
                    self.operand(operand, Precedence::Comparison),
                    not(*negated)
                )
            }
            Expr::In {
                operand,
                list,
                negated,
            } => {
                let operand = self.operand(operand, Precedence::OtherOperator);
                format!("{operand} {}IN ({})", not(*negated), self.list(list))
            }
            Expr::Between { operand, low, high } => format!(
                "{} BETWEEN {} AND {}",
                self.operand(operand, Precedence::OtherOperator),
                self.operand(low, Precedence::OtherOperator),
                self.operand(high, Precedence::OtherOperator),
            ),
            Expr::IsDistinct(left, right) => format!(
                "{} IS DISTINCT FROM {}",
                self.operand(left, Precedence::OtherOperator),
                self.operand(right, Precedence::OtherOperator),
            ),
            Expr::Call(name, arguments) => {
                format!("{}({})", self.function_name(name), self.list(arguments))
            }
            Expr::Cast(operand, sql_type) => format!("CAST({} AS {sql_type})", self.expr(operand)),
            Expr::Array {
                elements,
                element_type,
            } => self.array(elements, element_type),
            Expr::Row(version, name) => self.row_column(row_word(*version), name),
            Expr::Search { document, text } => self.dialect.search(
                &self.operand(document, tighter(Precedence::OtherOperator)),
                &self.expr(text),
            ),
            Expr::Document { language, parts } => self.document(language, parts),
            Expr::OwnedBy { setting, owner } => self.owned_by(setting, owner),
        }
    }

    /// Expressions between commas.
    pub(crate) fn list(self, exprs: &[Expr]) -> String {
        let exprs: Vec<_> = exprs.iter().map(|expr| self.expr(expr)).collect();
        exprs.join(", ")
    }

    fn array(self, elements: &[Expr], element_type: &SqlType) -> String {
        let element_type = self.dialect.type_name(element_type);
        format!("CAST(ARRAY[{}] AS {element_type}[])", self.list(elements))
    }

    fn unary(self, op: UnaryOp, operand: &Expr) -> String {
        match op {
            UnaryOp::Not => format!("NOT {}", self.operand(operand, Precedence::Not)),
            // Two minus signs would start a comment.
            UnaryOp::Minus => format!("-{}", self.operand(operand, Precedence::Atom)),
        }
    }

    fn binary(self, op: BinaryOp, left: &Expr, right: &Expr) -> String {
        let own = precedence_of(op);
        let (left_at_least, right_at_least) = match op {
            // They are associative, so neither side needs parentheses.
            BinaryOp::Or | BinaryOp::And => (own, own),
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div | BinaryOp::Rem => {
                (own, tighter(own))
            }
            _ => (tighter(own), tighter(own)),
        };
        format!(
            "{} {} {}",
            self.operand(left, left_at_least),
            self.dialect.operator(op),
            self.operand(right, right_at_least)
        )
    }

    /// An operand, in parentheses if it binds less tightly than `at_least`.
    fn operand(self, expr: &Expr, at_least: Precedence) -> String {
        let text = self.expr(expr);
        if precedence(expr) < at_least {
            format!("({text})")
        } else {
            text
        }
    }
}

fn row_word(version: RowVersion) -> &'static str {
    match version {
        RowVersion::Old => "OLD",
        RowVersion::New => "NEW",
    }
}

fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}

fn precedence(expr: &Expr) -> Precedence {
    match expr {
        Expr::Unary(UnaryOp::Not, _) => Precedence::Not,
        Expr::Unary(UnaryOp::Minus, _) => Precedence::Sign,
        Expr::Number(text) if text.starts_with('-') => Precedence::Sign,
        Expr::Binary(op, _, _) => precedence_of(*op),
        Expr::IsNull { .. } | Expr::IsDistinct(..) => Precedence::Is,
        Expr::In { .. } | Expr::Between { .. } => Precedence::Membership,
        Expr::Search { .. } | Expr::Document { .. } => Precedence::OtherOperator,
        Expr::OwnedBy { .. } => Precedence::Comparison,
        // Its content is unknown, so it is treated as the loosest.
        Expr::Sql(_) => Precedence::Or,
        _ => Precedence::Atom,
    }
}

fn precedence_of(op: BinaryOp) -> Precedence {
    match op {
        BinaryOp::Or => Precedence::Or,
        BinaryOp::And => Precedence::And,
        BinaryOp::Eq | BinaryOp::Ne | BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => {
            Precedence::Comparison
        }
        BinaryOp::Like | BinaryOp::ILike => Precedence::Membership,
        BinaryOp::Matches
        | BinaryOp::MatchesIgnoreCase
        | BinaryOp::Contains
        | BinaryOp::ContainedBy
        | BinaryOp::Overlaps
        | BinaryOp::Concat => Precedence::OtherOperator,
        BinaryOp::Add | BinaryOp::Sub => Precedence::Additive,
        BinaryOp::Mul | BinaryOp::Div | BinaryOp::Rem => Precedence::Multiplicative,
    }
}

fn tighter(precedence: Precedence) -> Precedence {
    match precedence {
        Precedence::Or => Precedence::And,
        Precedence::And => Precedence::Not,
        Precedence::Not => Precedence::Is,
        Precedence::Is => Precedence::Comparison,
        Precedence::Comparison => Precedence::Membership,
        Precedence::Membership => Precedence::OtherOperator,
        Precedence::OtherOperator => Precedence::Additive,
        Precedence::Additive => Precedence::Multiplicative,
        Precedence::Multiplicative => Precedence::Sign,
        Precedence::Sign | Precedence::Atom => Precedence::Atom,
    }
}
