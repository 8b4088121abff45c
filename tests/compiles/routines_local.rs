//! Views, functions and domains in a function's body, with words of Rust for names, and the crate under another name.

use freehold as other;
use freehold::prelude::*;

struct Own;

#[test]
fn runs() {
    #[derive(Domain)]
    #[domain(crate = other, name = short, varchar(3))]
    struct Short(String);

    #[derive(Key)]
    struct ShortKey(Short);

    #[derive(View)]
    #[view(crate = other, shared, query = "SELECT 1 AS type", materialized, index(r#type))]
    #[allow(dead_code)]
    struct r#Type {
        r#type: i32,
        r#match: Option<ShortKey>,
    }

    #[derive(Function)]
    #[function(crate = other, returns(table("type": Short)), body = "BEGIN END;")]
    struct r#Loop {
        r#in: Vec<Short>,
        r#self_: Option<ShortKey>,
    }

    #[derive(Procedure)]
    #[procedure(crate = other, out(r#mut: i32), body = "BEGIN END;")]
    struct r#Fn;

    schema!(pub APP = [], views(Type), functions(Loop, Fn));

    assert!(APP.validate().is_empty());
    assert_eq!(APP.views[0].columns[0].name, "type");
    assert_eq!(APP.routines[0].arguments[0].name, "in");
    assert_eq!(APP.routines[1].arguments[0].name, "mut");
    let _ = Own;
    let _ = Loop {
        r#in: Vec::new(),
        r#self_: None,
    };
}
