mod attribute_after {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub static APP = [User]);
}

mod audit_actor {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], audit(actor = "user_id"));
}

mod audit_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], audit);
}

mod audit_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], audit(name = log));
}

mod audit_public {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], audit(schema = public));
}

mod audit_schema_pg {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], audit(schema = pg_audit));
}

mod braces {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = {User});
}

mod clock_call {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(clock = now()));
}

mod clock_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(clock = curent_timestamp));
}

mod crate_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], crate = "freehold");
}

mod empty_input {
    use freehold::prelude::*;

    schema!();
}

mod extension_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], extension(pgcrypto, version = 1));
}

mod extension_schema_pg {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], extension(pgcrypto, schema = pg_crypto));
}

mod extension_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], extension("uuid-ossp"), extension("uuid-ossp", schema = extensions));
}

mod extension_unquoted {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], extension(uuid-ossp));
}

mod function_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(function = 5));
}

mod functions_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], functions("process_order"));
}

mod missing_comma {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User] updated_at(clock = now));
}

mod no_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP [User]);
}

mod no_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!([User]);
}

mod not_a_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = User);
}

mod option_materialized_views {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], materialized_views(User));
}

mod option_procedures {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], procedures(User));
}

mod option_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], views(User), views(User));
}

mod option_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], sequnce(order_number_seq));
}

mod semicolon_tables {
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

    schema!(pub APP = [User; Project]);
}

mod string_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = ["users"]);
}

mod updated_at_body_and_file {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(body = "BEGIN RETURN NEW; END;", body_file = "sql/touch.sql"));
}

mod updated_at_body_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(body = " "));
}

mod updated_at_body_file_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(body_file = ""));
}

mod updated_at_body_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(body = "BEGIN\0END;"));
}

mod updated_at_body_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(body = touch));
}

mod updated_at_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at);
}

mod updated_at_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at = touch);
}

mod views_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], views());
}

mod views_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], views = [User]);
}

fn main() {}
