//! Structs whose names are single letters, like type parameters of the derives.

use freehold::prelude::*;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterId(i64);

macro_rules! letters {
    ($($letter:ident $name:ident;)*) => {
        $(
            #[derive(Table, Clone, Debug, PartialEq)]
            #[table(name = $name, shared, allow(timestamps, uuid_key))]
            pub struct $letter {
                #[column(primary_key)]
                pub id: LetterId,
            }
        )*
        schema!(pub LETTERS = [$($letter),*], isolation = predicate);
    };
}

letters! {
    A a_s;
    B b_s;
    C c_s;
    D d_s;
    E e_s;
    F f_s;
    G g_s;
    H h_s;
    I i_s;
    J j_s;
    K k_s;
    L l_s;
    M m_s;
    N n_s;
    O o_s;
    P p_s;
    Q q_s;
    R r_s;
    S s_s;
    T t_s;
    U u_s;
    V v_s;
    W w_s;
    X x_s;
    Y y_s;
    Z z_s;
}

/// Tables whose owner is found through another table with a single letter.
mod owned {
    use freehold::prelude::*;

    #[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Id(i64);

    #[derive(Table)]
    #[table(name = k, owner, allow(timestamps, uuid_key))]
    pub struct K {
        #[column(primary_key)]
        pub id: Id,
    }

    #[derive(Table)]
    #[table(name = t, scope = k, allow(timestamps, uuid_key))]
    pub struct T {
        #[column(primary_key)]
        pub id: Id,
        #[column(references = K::id, on_delete = cascade, index)]
        pub k: Id,
    }

    #[derive(Table)]
    #[table(name = s, scope(through = t), allow(timestamps, uuid_key))]
    pub struct S {
        #[column(primary_key)]
        pub id: Id,
        #[column(references = T::id, on_delete = cascade, index)]
        pub t: Id,
    }

    schema!(pub OWNED = [K, T, S]);
}

#[test]
fn a_struct_may_have_any_letter_as_its_name() {
    assert_eq!(LETTERS.tables.len(), 26);
    assert_eq!(owned::OWNED.tables.len(), 3);
}
