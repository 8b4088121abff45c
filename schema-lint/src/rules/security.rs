//! Policies, and views and functions that run with the rights of another role.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{
    self, AlterPolicyAction, AlterViewAction, AstNode as _, CreatePolicy, Expr, FuncOption, Stmt,
};

use crate::findings::{At, Findings};
use crate::name::{Name, lower, word};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};

pub(super) static SE04: LintRule = LintRule::warning(
    "SE04",
    "security_definer",
    "a `SECURITY DEFINER` function does not set its `search_path`",
)
.why("The function runs with the rights of its owner, and resolves names on the search path of its caller. The caller can create a table or a function with such a name in another schema, and the function then uses that one with the owner's rights.")
.instead("add `SET search_path = ''` to `SECURITY DEFINER`, with the schema before each name in the body; and `REVOKE EXECUTE .. FROM PUBLIC`")
.reported_by(ReportedBy::Structs);

pub(super) static SE05: LintRule = LintRule::warning(
    "SE05",
    "open_policy",
    "a policy allows every row",
)
.why("`USING (true)` shows every row, and `WITH CHECK (true)` accepts every row. PostgreSQL combines policies with `OR`: one such policy opens the table, regardless of the others.")
.instead("compare a column with the current user, or write in an `allow` comment why the role may see all rows")
.reported_by(ReportedBy::Structs);

pub(super) static SE06: LintRule = LintRule::warning(
    "SE06",
    "default_privileges",
    "the default privileges are changed",
)
.why("`ALTER DEFAULT PRIVILEGES` applies to objects that are created later, and only to those that the named role creates. A later migration then grants rights without a visible `GRANT`.")
.instead("write the `GRANT` in the migration that creates the object")
.reported_by(ReportedBy::Structs);

pub(super) static SE10: LintRule = LintRule::warning(
    "SE10",
    "view_passes_policies",
    "a view reads a table with row-level security with the rights of its owner, or loses its `security_invoker`",
)
.why("The policies of the table apply to the owner of the view, not to the role that reads the view. A materialized view stores the rows that its owner sees, and shows them to every role that may read it.")
.instead("use `CREATE VIEW .. WITH (security_invoker = true)`, which needs PostgreSQL 15")
.reported_by(ReportedBy::Structs);

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::CreatePolicy(policy) => created(at, policy, found),
        Stmt::AlterPolicy(policy) => {
            if let Some(AlterPolicyAction::AlterPolicyTo(it)) = policy.action() {
                let table = policy.on_table().and_then(|it| Name::of(it.syntax()));
                let to = it.policy_roles();
                open(at, (it.syntax(), to, table), found);
            }
        }
        Stmt::AlterDefaultPrivileges(_) => {
            let message = "the statement changes the rights on objects of later migrations";
            found.add(at.whole(&SE06, message));
        }
        Stmt::CreateView(view) => {
            let is_invoker = view
                .with_params()
                .is_some_and(|it| parts::has_word(it.syntax(), "security_invoker"));
            if !is_invoker {
                reads(at, view.syntax(), found);
            }
        }
        Stmt::AlterView(view) => options(at, view, found),
        Stmt::CreateMaterializedView(view) => reads(at, view.syntax(), found),
        _ => definer(at, found),
    }
}

fn created(at: &At<'_>, policy: &CreatePolicy, found: &mut Findings) {
    let kind = policy.as_policy_type();
    // A restrictive policy only hides rows, so it opens nothing.
    if !kind.is_some_and(|kind| parts::has_word(kind.syntax(), "restrictive")) {
        let table = policy.on_table().and_then(|it| Name::of(it.syntax()));
        open(at, (policy.syntax(), policy.policy_roles(), table), found);
    }
}

fn open(
    at: &At<'_>,
    (policy, roles, table): (&SyntaxNode, Option<ast::PolicyRoles>, Option<Name>),
    found: &mut Findings,
) {
    let roles = roles.and_then(|roles| roles.role_ref_list());
    let who = roles.map_or("public".to_owned(), |roles| lower(roles.syntax()));
    let table = table.map(|table| table.to_string()).unwrap_or_default();
    for clause in policy.children() {
        let (expr, does) = if let Some(it) = ast::UsingExprClause::cast(clause.clone()) {
            (it.expr(), "sees")
        } else if let Some(it) = ast::WithCheckExprClause::cast(clause.clone()) {
            (it.expr(), "may write")
        } else {
            continue;
        };
        if expr.is_some_and(|expr| is_true(&expr)) {
            let message = format!("`{who}` {does} every row of `{table}`");
            found.add(at.find(&SE05, &clause, message));
        }
    }
}

fn is_true(expr: &Expr) -> bool {
    match expr {
        Expr::ParenExpr(it) => it.expr().is_some_and(|expr| is_true(&expr)),
        other => lower(other.syntax()) == "true",
    }
}

/// Reports the tables under row-level security that a view reads.
fn reads(at: &At<'_>, view: &SyntaxNode, found: &mut Findings) {
    for table in view.descendants().filter_map(ast::RelationNameRef::cast) {
        let Some(name) = Name::of(table.syntax()) else {
            continue;
        };
        if at.known.is_guarded(&name) {
            let message =
                format!("the policies of `{name}` do not apply to the readers of the view");
            found.add(at.find(&SE10, table.syntax(), message));
        }
    }
}

/// Reports a view that loses `security_invoker` or `security_barrier`.
fn options(at: &At<'_>, view: &ast::AlterView, found: &mut Findings) {
    const OFF: [&str; 4] = ["false", "off", "0", "no"];
    let Some(action) = view.action() else { return };
    let node = action.syntax();
    let is_off = match &action {
        AlterViewAction::ResetOptions(_) => true,
        AlterViewAction::SetOptions(_) => OFF.iter().any(|word| parts::has_word(node, word)),
        _ => false,
    };
    let names = ["security_invoker", "security_barrier"];
    if is_off && names.iter().any(|name| parts::has_word(node, name)) {
        let message = "readers of the view see rows that policies or conditions excluded before";
        found.add(at.find(&SE10, node, message));
    }
}

fn definer(at: &At<'_>, found: &mut Findings) {
    let Some((name, options)) = routine(at.tree) else {
        return;
    };
    let definer = options.iter().find_map(|option| match option {
        FuncOption::SecurityDefinerFuncOption(it) => Some(it.clone()),
        _ => None,
    });
    let following = at.following().filter_map(routine);
    let mut later = following.filter(|(other, _)| *other == name);
    if let Some(definer) = definer
        && !sets_path(&options)
        && !later.any(|(_, options)| sets_path(&options))
    {
        let message =
            format!("`{name}` runs with the rights of its owner on the caller's search path");
        found.add(at.find(&SE04, definer.syntax(), message));
    }
}

fn sets_path(options: &[FuncOption]) -> bool {
    options.iter().any(|option| match option {
        FuncOption::SetFuncOption(it) => {
            let parameter = it
                .set_config_param()
                .and_then(|it| it.config_parameter_ref());
            parameter.is_some_and(|it| word(it.syntax()) == "search_path")
        }
        _ => false,
    })
}

/// The name and the options of a routine that is created or altered.
fn routine(tree: &Stmt) -> Option<(String, Vec<FuncOption>)> {
    let is_routine = matches!(
        tree,
        Stmt::CreateFunction(_)
            | Stmt::CreateProcedure(_)
            | Stmt::AlterFunction(_)
            | Stmt::AlterProcedure(_)
            | Stmt::AlterRoutine(_)
    );
    let mut nodes = tree.syntax().children();
    let list = nodes.find_map(ast::FuncOptionList::cast)?;
    let name = parts::object_name(tree.syntax()).filter(|_| is_routine)?;
    Some((name, list.options().collect()))
}
