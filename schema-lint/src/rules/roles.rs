//! Roles, owners and rights.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{self, AstNode as _, Copy, FuncOption, RoleOption, Stmt};

use crate::findings::{At, Findings};
use crate::name::{lower, word};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};

pub(super) static SE01: LintRule = LintRule::warning(
    "SE01",
    "owner_changed",
    "an object gets another owner",
)
.why("The owner of a table bypasses its row-level security, unless that is forced, and may drop the table. A `SECURITY DEFINER` function and a view run with the rights of their owner. The role that migrates can no longer alter an object that it gave away.")
.instead("create the object as the role that must own it; or write in an `allow` comment who the owner is and why")
.reported_by(ReportedBy::Structs);

pub(super) static SE02: LintRule = LintRule::error(
    "SE02",
    "powerful_role",
    "a role gets `SUPERUSER`, `BYPASSRLS`, `CREATEROLE` or `REPLICATION`",
)
.why("`SUPERUSER` and `BYPASSRLS` bypass every policy. Before PostgreSQL 16, a role with `CREATEROLE` can grant itself other roles. `REPLICATION` reads every row of the server. A role belongs to all databases of the server.")
.instead("leave the attribute out, and grant the necessary rights by name; or create such a role when you set up the server, outside of the migrations")
.reported_by(ReportedBy::Structs);

pub(super) static SE03: LintRule = LintRule::warning(
    "SE03",
    "membership",
    "a role becomes a member of another role",
)
.why("A member has all rights of the role, including later ones, and the policies of the role apply to the member.")
.instead("grant the necessary rights by name, or write in an `allow` comment what the membership is for")
.reported_by(ReportedBy::Structs);

pub(super) static SE07: LintRule = LintRule::warning("SE07", "drop_role", "a role is dropped")
    .why("A role belongs to all databases of the server. PostgreSQL refuses later logins as this role. The `DROP` fails while the role owns objects or has rights in another database.")
    .instead("revoke its rights in each database, and drop the role when you maintain the server, outside of the migrations")
    .reported_by(ReportedBy::Structs);

pub(super) static SE08: LintRule = LintRule::error("SE08", "password", "the file contains a password")
    .why("Everyone who can read the repository knows the password, and the log of the server may contain it too.")
    .instead("create the role without a password, and set the password with your secret management");

pub(super) static SE09: LintRule = LintRule::warning(
    "SE09",
    "server_code",
    "code other than SQL runs on the server",
)
.why("`COPY .. PROGRAM`, `LOAD`, a function in C, or one in a language without a sandbox can do everything that the server's system user may do. It needs a superuser, and a migration should not run as one.")
.instead("run the code on the client, or write the function in SQL or PL/pgSQL");

pub(super) static SE11: LintRule = LintRule::warning(
    "SE11",
    "server_setting",
    "a setting of the server, of a database or of a role is changed",
)
.why("Every later session has the setting, including those of other applications. No file of the application shows it.")
.instead("set it for the transaction with `SET LOCAL`, or in the configuration of the server")
.reported_by(ReportedBy::Structs);

pub(super) static DS13: LintRule = LintRule::error(
    "DS13",
    "drop_owned",
    "everything that a role owns is dropped",
)
.why("`DROP OWNED` drops tables with their rows, and does not name them. It also revokes every right of the role.")
.instead("use `REASSIGN OWNED` or `DROP TABLE` by name, and `REVOKE` for the rights");

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::Reassign(_) => {
            found.add(at.whole(&SE01, "all objects of the role get another owner"));
        }
        Stmt::DropOwned(_) => found.add(at.whole(&DS13, "all objects of the role are dropped")),
        Stmt::DropRole(_) | Stmt::DropUser(_) | Stmt::DropGroup(_) => {
            found.add(at.whole(
                &SE07,
                "the role no longer exists in any database of the server",
            ));
        }
        Stmt::Grant(grant) if grant.on_privilege_objects_clause().is_none() => {
            found.add(at.whole(&SE03, membership(grant)));
        }
        Stmt::AlterGroup(it) => {
            if let Some(ast::AlterGroupAction::AddUsers(add)) = it.action() {
                found.add(at.find(
                    &SE03,
                    add.syntax(),
                    "the members have all rights of the group",
                ));
            }
        }
        Stmt::CreateUserMapping(_) | Stmt::AlterUserMapping(_) => mapping(at, found),
        _ => {
            owner(at, found);
            setting(at, found);
            role(at, found);
            server(at, found);
        }
    }
}

fn membership(grant: &ast::Grant) -> String {
    let of = grant.privileges().map(|it| lower(it.syntax()));
    let of = of.unwrap_or_default();
    match grant.role_ref_list() {
        Some(to) => format!("`{}` gets all rights of `{of}`", lower(to.syntax())),
        None => format!("the statement gives all rights of `{of}`"),
    }
}

fn owner(at: &At<'_>, found: &mut Findings) {
    let mut nodes = at.tree.syntax().descendants();
    let Some(owner) = nodes.find_map(ast::OwnerTo::cast) else {
        return;
    };
    let name = parts::object_name(at.tree.syntax());
    if name.as_ref().is_some_and(|name| at.known.has_made(name)) {
        return;
    }
    let role = owner.role_ref().map(|it| word(it.syntax()));
    let message = format!(
        "`{}` now belongs to `{}`",
        name.unwrap_or_default(),
        role.unwrap_or_default()
    );
    found.add(at.find(&SE01, owner.syntax(), message));
}

fn setting(at: &At<'_>, found: &mut Findings) {
    let sessions = match at.tree {
        Stmt::AlterSystem(_) => "the server",
        Stmt::AlterDatabase(_) => "the database",
        Stmt::AlterRole(_) | Stmt::AlterUser(_) => "the role",
        _ => return,
    };
    let mut nodes = at.tree.syntax().descendants();
    let node = nodes.find(|node| {
        ast::SetConfigParam::can_cast(node.kind()) || ast::ResetConfigParam::can_cast(node.kind())
    });
    if let Some(node) = node {
        let message = format!("every later session of {sessions} has the setting");
        found.add(at.find(&SE11, &node, message));
    }
}

/// Checks the options of `CREATE ROLE` and `ALTER ROLE`.
fn role(at: &At<'_>, found: &mut Findings) {
    let is_role = matches!(
        at.tree,
        Stmt::CreateRole(_)
            | Stmt::CreateUser(_)
            | Stmt::CreateGroup(_)
            | Stmt::AlterRole(_)
            | Stmt::AlterUser(_)
    );
    let nodes = at.tree.syntax().descendants();
    for option in nodes.filter_map(RoleOption::cast).filter(|_| is_role) {
        match &option {
            RoleOption::RoleOptionGeneric(it) => powers(at, it.syntax(), found),
            RoleOption::RoleOptionInRole(_)
            | RoleOption::RoleOptionInGroup(_)
            | RoleOption::RoleOptionRole(_)
            | RoleOption::RoleOptionUser(_)
            | RoleOption::RoleOptionAdmin(_) => {
                let message = "the member has all rights of the other role";
                found.add(at.find(&SE03, option.syntax(), message));
            }
            RoleOption::RoleOptionPassword(it) if it.literal().is_some() => {
                found.add(at.find(&SE08, it.syntax(), SECRET));
            }
            RoleOption::RoleOptionEncryptedPassword(it) => {
                found.add(at.find(&SE08, it.syntax(), SECRET));
            }
            _ => {}
        }
    }
}

const SECRET: &str = "everyone who can read the repository knows the password";

fn powers(at: &At<'_>, option: &SyntaxNode, found: &mut Findings) {
    const POWERS: [(&str, &str); 4] = [
        (
            "superuser",
            "the role may do everything, and no policy applies to it",
        ),
        ("bypassrls", "no policy applies to the role"),
        (
            "createrole",
            "the role may give rights to others and to itself",
        ),
        ("replication", "the role may read every row of the server"),
    ];
    let text = lower(option);
    let power = POWERS.into_iter().find(|(power, _)| *power == text);
    if let Some((power, message)) = power {
        let message = format!("`{}`: {message}", power.to_ascii_uppercase());
        found.add(at.find(&SE02, option, message));
    }
}

fn mapping(at: &At<'_>, found: &mut Findings) {
    let nodes = at.tree.syntax().descendants();
    let mut options = nodes.filter_map(ast::AlterOption::cast);
    if let Some(option) = options.find(|it| parts::has_word(it.syntax(), "password")) {
        found.add(at.find(&SE08, option.syntax(), SECRET));
    }
}

fn server(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::Load(_) => found.add(at.whole(&SE09, "the server loads code that is not SQL")),
        Stmt::Copy(copy) => program(at, copy, found),
        Stmt::CreateFunction(it) => language(at, it.option_list(), found),
        Stmt::CreateProcedure(it) => language(at, it.option_list(), found),
        _ => {}
    }
}

fn program(at: &At<'_>, copy: &Copy, found: &mut Findings) {
    let mut nodes = copy.syntax().descendants();
    let program = nodes.find_map(ast::CopyProgram::cast);
    // `COPY` with a file of the server has the same node, without the word `PROGRAM`.
    if let Some(program) = program.filter(|it| it.program_token().is_some()) {
        found.add(at.find(&SE09, program.syntax(), "the server runs the program"));
    }
}

fn language(at: &At<'_>, options: Option<ast::FuncOptionList>, found: &mut Findings) {
    let options = options.map(|list| list.options()).into_iter().flatten();
    let language = options.filter_map(|option| match option {
        FuncOption::LanguageFuncOption(it) => Some((it.language_name()?.name, it)),
        _ => None,
    });
    for (name, node) in language {
        if is_untrusted(&name.to_ascii_lowercase()) {
            let message = format!("the language `{name}` has no sandbox");
            found.add(at.find(&SE09, node.syntax(), message));
        }
    }
}

/// Whether only a superuser may use the language. Apart from `c` and `internal`, such languages end in `u`.
fn is_untrusted(language: &str) -> bool {
    matches!(language, "c" | "internal") || (language.starts_with("pl") && language.ends_with('u'))
}
