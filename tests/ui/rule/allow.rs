mod allow_column_rule_on_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps, reg_type))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod allow_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow = timestamps)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod allow_hazard_on_foreign_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delete = cascade, allow(guarantee_lost)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i32,
        project_id: Uuid,
    }
}

mod allow_hazard_told {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps, checks_rows))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod allow_hazard_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps, data_los))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(allow(breaks_code))]
        title: String,
    }
}

mod allow_hazard_unknown_on_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(allow(everything))]
        title: String,
    }
}

mod allow_misspelt {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestmps))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps, redundant_indx))]
    struct Tag {
        #[column(primary_key)]
        id: Uuid,
        #[column(unique, index)]
        title: String,
    }
}

mod allow_never {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(allow(ownership, timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod allow_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow("timestamps"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod allow_table_rule_on_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(allow(uuid_key))]
        title: String,
    }
}

mod allow_table_rule_on_foreign_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delete = cascade, allow(timestamps)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i32,
        project_id: Uuid,
    }
}

mod allow_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), allow(redundant_indx))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod allow_unknown {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps, everything))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod allow_view_rule_on_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps, granted_materialized_view))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }
}

fn main() {}
