mod deferrable_target {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, deferrable))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Project::code, on_delete = cascade)]
        code: i32,
    }

    schema!(pub APP = [Project, Task]);
}

mod rule_cascade_from_shared {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
        #[column(index, references = Project::id, on_delete = cascade)]
        project_id: Uuid,
    }

    schema!(pub APP = [User, Project, Note]);
}

mod rule_duplicate_routine {
    use freehold::SqlValue;
    use freehold::model::{ArgumentDef, Language, Returns, Routine, RoutineDef, TableName};
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    struct Total;

    impl Routine for Total {
        const DEF: &'static RoutineDef = &RoutineDef::function(
            TableName::new(None, "total"),
            &[ArgumentDef::new::<Uuid>("id")],
            Returns::Value(<i64 as SqlValue>::TYPE),
            Language::Sql,
            "SELECT 1",
        );
    }

    struct Sum;

    impl Routine for Sum {
        const DEF: &'static RoutineDef = &RoutineDef::function(
            TableName::new(None, "total"),
            &[ArgumentDef::new::<Uuid>("order_id")],
            Returns::Value(<i64 as SqlValue>::TYPE),
            Language::Sql,
            "SELECT 1",
        );
    }

    schema!(pub APP = [User], functions(Total, Sum));
}

mod rule_duplicate_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = tasks, shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(name = tasks, shared, allow(timestamps))]
    struct Job {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [Task, Job]);
}

mod rule_duplicate_table_listed_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User, User]);
}

mod rule_duplicate_table_view {
    use freehold::model::{Ownership, TableName, View, ViewDef};
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    struct OrderSummary;

    impl View for OrderSummary {
        type Columns = ();
        const NAME: TableName = TableName::new(None, "user");
        const OWNERSHIP: Ownership = Ownership::Scope("user_id");
        const COLUMNS: () = ();
        const DEF: &'static ViewDef =
            &ViewDef::new(Self::NAME, Self::OWNERSHIP, &[], "SELECT user_id FROM \"user\"").materialized();
    }

    schema!(pub APP = [User], views(OrderSummary));
}

mod rule_duplicate_table_view_twice {
    use freehold::model::{Ownership, TableName, View, ViewDef};
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    struct OrderSummary;

    impl View for OrderSummary {
        type Columns = ();
        const NAME: TableName = TableName::new(None, "order_summary");
        const OWNERSHIP: Ownership = Ownership::Scope("user_id");
        const COLUMNS: () = ();
        const DEF: &'static ViewDef =
            &ViewDef::new(Self::NAME, Self::OWNERSHIP, &[], "SELECT user_id FROM users").materialized();
    }

    schema!(pub APP = [User], views(OrderSummary, OrderSummary));
}

mod rule_granted_internal {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, internal, allow(timestamps))]
    struct Person {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [Person], grant(select, on = all_tables, to = app_user));
}

mod rule_granted_internal_by_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, internal, allow(timestamps))]
    struct Person {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [Person], grant(insert, on = tables(Person), to = public));
}

mod rule_granted_internal_login {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, internal, allow(timestamps))]
    struct Person {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(
        pub APP = [Person],
        isolation(login = app_login),
        grant(select, on = tables(Person), to = app_login),
    );
}

mod rule_granted_internal_view {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, internal, allow(timestamps))]
    struct Person {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(View)]
    #[view(name = head_counts, internal, query = "SELECT count(*) AS heads FROM people")]
    struct HeadCount {
        heads: i64,
    }

    schema!(pub APP = [Person], views(HeadCount), grant(select, on = views(HeadCount), to = app_user));
}

mod rule_granted_materialized_view {
    use freehold::model::{Ownership, TableName, View, ViewDef};
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    struct OrderSummary;

    impl View for OrderSummary {
        type Columns = ();
        const NAME: TableName = TableName::new(None, "order_summary");
        const OWNERSHIP: Ownership = Ownership::Scope("user_id");
        const COLUMNS: () = ();
        const DEF: &'static ViewDef =
            &ViewDef::new(Self::NAME, Self::OWNERSHIP, &[], "SELECT user_id FROM users").materialized();
    }

    schema!(
        pub APP = [User],
        views(OrderSummary),
        role(app_read),
        grant(select, on = all_tables, to = app_read)
    );
}

mod rule_granted_materialized_view_by_name {
    use freehold::model::{Ownership, TableName, View, ViewDef};
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    struct OrderSummary;

    impl View for OrderSummary {
        type Columns = ();
        const NAME: TableName = TableName::new(None, "order_summary");
        const OWNERSHIP: Ownership = Ownership::Scope("user_id");
        const COLUMNS: () = ();
        const DEF: &'static ViewDef =
            &ViewDef::new(Self::NAME, Self::OWNERSHIP, &[], "SELECT user_id FROM users").materialized();
    }

    schema!(pub APP = [User], views(OrderSummary), grant(select, on = views(OrderSummary), to = app_user));
}

mod rule_granted_partition {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(name = logs, scope = user_id, allow(timestamps))]
    #[table(partition_by = range(day), primary_key(user_id, day))]
    #[table(partition(name = logs_2025, from = "2025-01-01", to = "2026-01-01"))]
    struct Log {
        #[column(references = User::id, on_delete = cascade)]
        user_id: Uuid,
        day: NaiveDate,
    }

    schema!(pub APP = [User, Log], role(app_read), grant(select, on = all_tables, to = app_read));
}

mod rule_granted_truncate {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(app_write), grant(all, on = tables, to = app_write));
}

mod rule_granted_truncate_by_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], grant(truncate, on = tables(User), to = app_user));
}

mod rule_in_module {
    use freehold::prelude::*;

    mod tables {
        use freehold::prelude::*;

        #[derive(Table)]
        #[table(shared, allow(timestamps))]
        pub struct Task {
            #[column(primary_key, identity)]
            id: i64,
        }
    }

    schema!(pub APP = [tables::Task]);
}

mod rule_index_method_brin {
    use freehold::prelude::*;
    use serde_json::Value;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(using = brin))]
        data: Value,
    }

    schema!(pub APP = [Task]);
}

mod rule_index_method_gin {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(using = gin))]
        title: String,
    }

    schema!(pub APP = [Task]);
}

mod rule_index_method_hash {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(using = hash))]
        words: TsVector,
    }

    schema!(pub APP = [Task]);
}

mod rule_index_method_unique_json {
    use freehold::prelude::*;
    use serde_json::Value;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(json, unique)]
        data: Value,
    }

    schema!(pub APP = [Task]);
}

mod rule_index_not_leakproof {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps), index(user_id, price))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(references = User::id, on_delete = cascade)]
        user_id: Uuid,
        price: Decimal,
    }

    schema!(pub APP = [User, Note]);
}

mod rule_internal_reference {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(name = people, internal, allow(timestamps))]
    struct Person {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(name = notes, scope = user_id, allow(timestamps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
        #[column(index, references = Person::id, on_delete = restrict)]
        created_by: Uuid,
    }

    schema!(pub APP = [User, Person, Note]);
}

mod rule_internal_reference_shared {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, internal, allow(timestamps))]
    struct Person {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(name = products, shared, allow(timestamps))]
    struct Product {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Person::id, on_delete = restrict)]
        created_by: Uuid,
    }

    schema!(pub APP = [Person, Product]);
}

mod rule_key_not_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Option<Uuid>,
    }

    schema!(pub APP = [Task]);
}

mod rule_reference_target {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Project::code, on_delete = cascade)]
        code: i32,
    }

    schema!(pub APP = [Project, Task]);
}

mod rule_required_cycle {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Hen {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Egg::id, on_delete = cascade)]
        egg_id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Egg {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Hen::id, on_delete = cascade)]
        hen_id: Uuid,
    }

    schema!(pub APP = [Hen, Egg]);
}

mod rule_scope_not_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Option<Uuid>,
    }

    schema!(pub APP = [User, Note]);
}

mod rule_scope_owner {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = note_id, allow(timestamps))]
    struct Line {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Note::id, on_delete = cascade)]
        note_id: Uuid,
    }

    schema!(pub APP = [User, Note, Line]);
}

mod rule_scope_owner_composite {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, primary_key(region, id), allow(timestamps, uuid_key))]
    struct User {
        region: String,
        id: i32,
    }

    schema!(pub APP = [User]);
}

mod rule_set_null_not_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Project::id, on_delete = set_null)]
        project_id: Uuid,
    }

    schema!(pub APP = [Project, Task]);
}

mod rule_set_null_not_null_on_update {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Project::id, on_delete = cascade, on_update = set_null)]
        project_id: Uuid,
    }

    schema!(pub APP = [Project, Task]);
}

mod rule_set_null_not_null_scope_on_update {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps, unique_across_scopes), unique(created_by, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
        created_by: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
        #[column(index, references = Project::id, on_delete = cascade, on_update = set_null)]
        project_id: Option<Uuid>,
    }

    schema!(pub APP = [User, Project, Task]);
}

mod rule_single_column_reference {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Card {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }

    #[derive(Table)]
    #[table(scope(through = note_id), allow(timestamps))]
    struct Line {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Note::id, on_delete = cascade)]
        note_id: Uuid,
        #[column(index, references = Card::id, on_delete = cascade)]
        card_id: Uuid,
    }

    schema!(pub APP = [User, Note, Card, Line]);
}

mod rule_single_column_reference_mismatched {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps, unique_across_scopes), unique(created_by, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
        created_by: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps), index(user_id, project_id))]
    #[table(foreign_key(user_id, project_id, references = Project(created_by, id), on_delete = cascade))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(references = User::id, on_delete = cascade)]
        user_id: Uuid,
        project_id: Uuid,
    }

    schema!(pub APP = [User, Project, Task]);
}

mod rule_single_owner {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct Admin {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User, Admin]);
}

mod rule_through_reference_internal {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, internal, allow(timestamps))]
    struct Person {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(name = notes, scope(through = person_id), allow(timestamps, internal_reference))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Person::id, on_delete = restrict)]
        person_id: Uuid,
    }

    schema!(pub APP = [Person, Note]);
}

mod rule_through_reference_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }

    #[derive(Table)]
    #[table(scope(through = note_id), allow(timestamps))]
    struct Line {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Note::id, on_delete = cascade)]
        note_id: Option<Uuid>,
    }

    schema!(pub APP = [User, Note, Line]);
}

mod rule_through_reference_shared {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(scope(through = project_id), allow(timestamps))]
    struct Line {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Project::id, on_delete = restrict)]
        project_id: Uuid,
    }

    schema!(pub APP = [Project, Line]);
}

mod rule_unindexed_shared_reference {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps), index(user_id, project_id))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(references = User::id, on_delete = cascade)]
        user_id: Uuid,
        #[column(references = Project::id, on_delete = restrict)]
        project_id: Uuid,
    }

    schema!(pub APP = [User, Project, Note]);
}

mod rule_unknown_role_execute {
    use freehold::SqlValue;
    use freehold::model::{ArgumentDef, Language, Returns, Routine, RoutineDef, TableName};
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    struct Total;

    impl Routine for Total {
        const DEF: &'static RoutineDef = &RoutineDef::function(
            TableName::new(None, "total"),
            &[ArgumentDef::new::<Uuid>("id")],
            Returns::Value(<i64 as SqlValue>::TYPE),
            Language::Sql,
            "SELECT 1",
        ).execute(&["app_user", "reporting"]);
    }

    schema!(pub APP = [User], functions(Total));
}

mod rule_unknown_role_policy {
    use freehold::model::{ColumnDef, Ownership, PolicyCommand, PolicyDef, PrimaryKeyDef, Table, TableDef, TableName};
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    struct Note;

    impl Table for Note {
        type Columns = ();
        const NAME: TableName = TableName::new(None, "notes");
        const OWNERSHIP: Ownership = Ownership::Shared;
        const COLUMNS: () = ();
        const DEF: &'static TableDef = &TableDef::new(
            Self::NAME,
            Self::OWNERSHIP,
            &[ColumnDef::new::<Uuid>("id")],
            PrimaryKeyDef::new(&["id"]),
        )
        .policies(&[PolicyDef::new("notes_read", PolicyCommand::Select).to(&["reporting"])]);
    }

    schema!(pub APP = [User, Note]);
}

mod rule_unlisted_reference {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Project::id, on_delete = cascade)]
        project_id: Uuid,
    }

    schema!(pub APP = [Task]);
}

mod rule_unscoped_reference {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }

    schema!(pub APP = [User, Task]);
}

mod rule_unscoped_reference_through {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Line {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Note::id, on_delete = cascade)]
        note_id: Uuid,
    }

    schema!(pub APP = [User, Note, Line]);
}

mod rule_uuid_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key, identity)]
        id: i64,
    }

    schema!(pub APP = [Task]);
}

mod through_itself {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(scope(through = parent_id), allow(timestamps))]
    struct Line {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Line::id, on_delete = cascade)]
        parent_id: Uuid,
    }

    schema!(pub APP = [Line]);
}

fn main() {}
