//! What the derives of views, functions, procedures and domains emit is silent under every lint that a crate may deny.

#![deny(
    warnings,
    future_incompatible,
    let_underscore,
    missing_docs,
    nonstandard_style,
    rust_2018_idioms,
    unreachable_pub,
    unsafe_code,
    unused,
    unused_qualifications,
    unused_lifetimes,
    unused_import_braces,
    unused_results,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    variant_size_differences,
    missing_debug_implementations,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    absolute_paths_not_starting_with_crate,
    redundant_imports,
    redundant_lifetimes,
    meta_variable_misuse,
    unit_bindings,
    unnameable_types
)]

use freehold::prelude::*;

pub mod shop {
    //! A shop.

    use freehold::prelude::*;

    /// An e-mail address.
    #[derive(Domain, Clone, Debug)]
    #[domain(check(length(value) > 2))]
    pub struct Email(String);

    /// A row.
    #[derive(View, Debug)]
    #[view(shared, materialized, query = "SELECT 1 AS number", unique(number))]
    pub struct Numbers {
        /// A number.
        pub number: i32,
        /// An address.
        pub email: Option<Email>,
    }

    /// A value.
    #[derive(Function, Debug)]
    #[function(returns = Email, body = "BEGIN END;")]
    pub struct One {
        /// A number.
        pub number: i32,
    }

    /// Values.
    #[derive(Function, Debug)]
    #[function(returns(set_of = i32), body = "BEGIN END;")]
    pub struct Many;

    /// Rows.
    #[derive(Function, Debug)]
    #[function(returns(table(number: i32, email: Email)), body = "BEGIN END;")]
    pub struct Lines;

    /// Rows of one value.
    #[derive(Function, Debug)]
    #[function(returns(table(number: i32)), body = "BEGIN END;")]
    pub struct Short;

    /// Nothing.
    #[derive(Function, Debug)]
    #[function(body = "BEGIN END;")]
    pub struct Nothing {}

    /// A trigger's.
    #[derive(Function, Debug)]
    #[function(trigger, body = "BEGIN END;")]
    pub struct Touch;

    /// Two.
    #[derive(Procedure, Debug)]
    #[procedure(out(success: bool, message: String), body = "BEGIN END;")]
    pub struct Process {
        /// An address.
        pub email: Email,
    }

    mod private {
        use freehold::prelude::*;

        #[derive(View, Debug)]
        #[view(shared, query = "SELECT 1 AS number")]
        pub(super) struct Hidden {
            number: i32,
        }

        #[derive(Function, Debug)]
        #[function(returns = i32, body = "BEGIN END;")]
        pub(super) struct Secret {
            number: i32,
        }

        schema!(pub(super) HIDDEN = [], views(Hidden), functions(Secret));

        pub(super) fn number(row: &Hidden) -> i32 {
            row.number
        }

        pub(super) fn secret(number: i32) -> Secret {
            Secret { number }
        }
    }

    /// Private items.
    pub fn hidden() -> usize {
        let _: fn(&private::Hidden) -> i32 = private::number;
        let _: fn(i32) -> private::Secret = private::secret;
        private::HIDDEN.views.len()
    }
}

schema!(
    pub SHOP = [],
    views(shop::Numbers),
    functions(
        shop::One,
        shop::Many,
        shop::Lines,
        shop::Short,
        shop::Nothing,
        shop::Touch,
        shop::Process,
    )
);

#[test]
fn runs() {
    assert!(SHOP.validate().is_empty());
    assert_eq!(shop::hidden(), 1);
    assert_eq!(String::from(shop::Email::from("a@b".to_owned())), "a@b");
}
