mod flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod internal_and_shared {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(internal, shared, allow(timestamps))]
    struct Session {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope(user_id), allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod owner_and_scope {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(owner, scope = user_id, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod owner_and_shared {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod owner_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner = true, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod scope_and_through {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, scope(through = user_id), allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod scope_at_field {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(scope, index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod shared_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared(), allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = "user_id", allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod through_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope(through = "user_id"), allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod through_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope(through = usr_id), allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = usr_id, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

fn main() {}
