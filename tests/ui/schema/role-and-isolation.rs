mod isolation_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation);
}

mod isolation_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(user = app_user));
}

mod isolation_none {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation = none);
}

mod isolation_role_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(role = 5));
}

mod isolation_same_role {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(role = shop, login = shop));
}

mod isolation_same_role_default {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(admin = app_user));
}

mod isolation_setting_dots {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(setting = "app.user.id"));
}

mod isolation_setting_no_dot {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(setting = "user_id"));
}

mod isolation_setting_upper {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(setting = "app.userId"));
}

mod isolation_setting_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(setting = app));
}

mod isolation_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation = "predicate");
}

mod isolation_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation = predicat);
}

mod role_empty_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(""));
}

mod role_existing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(app_read, existing, login, bypass_rls));
}

mod role_existing_member_of {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(app_read), role(shop, existing, member_of(app_read)));
}

mod role_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role);
}

mod role_flag_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(shop, login = true));
}

mod role_key_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(shop, noinherit));
}

mod role_member_of_circle {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(a, member_of(b)), role(b, member_of(c)), role(c, member_of(a)));
}

mod role_member_of_itself {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(app_read, member_of(app_read)));
}

mod role_member_of_unknown {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(app_write, member_of(app_raed)), role(app_read));
}

mod role_member_of_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(shop, member_of = app_user));
}

mod role_of_isolation {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(app_user, login));
}

mod role_pg {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(pg_app));
}

mod role_pg_isolation {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(admin = pg_read_all_data));
}

mod role_reserved {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(public));
}

mod role_reserved_isolation {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], isolation(owner = current_user));
}

mod role_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], role(app_read), role(app_read, existing));
}

fn main() {}
