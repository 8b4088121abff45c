use proc_macro2::TokenStream;
use quote::quote;

use super::block::const_block;
use super::calls::{optional_text, with_text};
use crate::ast::{Label, OtherVariant, SqlEnum};

/// The impls of `SqlEnum` and `SqlValue`, and the label as a `const fn`, because defaults are const.
pub(crate) fn sql_enum(sql_enum: &SqlEnum) -> TokenStream {
    with_arm(sql_enum, None)
}

/// The fallback beside an error: the same, with an empty label for variants that could not be read.
pub(super) fn incomplete(sql_enum: &SqlEnum) -> TokenStream {
    with_arm(
        sql_enum,
        Some(quote!(#[allow(unreachable_patterns)] _ => "")),
    )
}

/// The items, with an optional last match arm for variants without a label.
fn with_arm(sql_enum: &SqlEnum, last: Option<TokenStream>) -> TokenStream {
    let label = inherent_label(sql_enum, last);
    let implementation = implementation(sql_enum);
    let value = value(sql_enum);
    let ident = &sql_enum.ident;
    const_block(
        &sql_enum.krate,
        &quote! {
            #label
            #implementation
            #value
            __s::sqlx_enum!(#ident);
        },
    )
}

/// The method `sql_label`, with one match arm for each variant: `Status::Todo => "todo"`.
fn inherent_label(sql_enum: &SqlEnum, last: Option<TokenStream>) -> TokenStream {
    let ident = &sql_enum.ident;
    let arms = sql_enum.labels.iter().map(|label| {
        let (variant, text) = (&label.variant, &label.text.value);
        quote!(#ident::#variant => #text)
    });
    let others = sql_enum.others.iter().take(1);
    let others = others.map(|other| {
        let variant = &other.variant;
        quote!(#ident::#variant => __s::OTHER_LABEL)
    });
    let arms = arms.chain(others).chain(last);
    quote! {
        impl #ident {
            /// The label in the database.
            pub const fn sql_label(&self) -> &'static __s::core::primitive::str {
                match *self { #(#arms),* }
            }
        }
    }
}

fn implementation(sql_enum: &SqlEnum) -> TokenStream {
    let ident = &sql_enum.ident;
    let schema = optional_text(sql_enum.schema.as_ref());
    let comment = optional_text(sql_enum.comment.as_ref());
    let (name, native) = (&sql_enum.name.value, sql_enum.native);
    let labels = sql_enum.labels.iter().map(label);
    let arms = sql_enum.labels.iter().map(|label| {
        let (variant, text) = (&label.variant, &label.text.value);
        quote!(#text => __s::Some(#ident::#variant))
    });
    let unknown = match sql_enum.others.first() {
        Some(OtherVariant { variant, .. }) => quote!(__s::Some(#ident::#variant)),
        None => quote!(__s::None),
    };
    quote! {
        impl __s::SqlEnum for #ident {
            const DEF: &'static __s::EnumDef = &__s::EnumDef {
                schema: #schema,
                name: #name,
                native: #native,
                comment: #comment,
                labels: &[#(#labels),*],
            };
            fn label(&self) -> &'static __s::core::primitive::str {
                self.sql_label()
            }
            fn from_label(label: &__s::core::primitive::str) -> __s::Option<Self> {
                match label {
                    #(#arms,)*
                    _ => #unknown,
                }
            }
        }
    }
}

fn label(label: &Label) -> TokenStream {
    let text = &label.text.value;
    let renamed_from = with_text("renamed_from", label.renamed_from.as_ref());
    quote!(__s::LabelDef::new(#text) #renamed_from)
}

fn value(sql_enum: &SqlEnum) -> TokenStream {
    let ident = &sql_enum.ident;
    let sql_type = if sql_enum.native {
        quote!(__s::SqlType::Enum(<Self as __s::SqlEnum>::DEF))
    } else {
        quote!(__s::SqlType::Scalar(__s::ScalarType::Text))
    };
    let words: &[&str] = if sql_enum.native {
        &[]
    } else {
        &["text", "varchar", "char"]
    };
    let words = words.iter().map(|word| quote::format_ident!("{word}"));
    quote! {
        impl __s::SqlValue for #ident {
            type Base = Self;
            const TYPE: __s::SqlType = #sql_type;
            const ENUM: __s::Option<&'static __s::EnumDef> =
                __s::Some(<Self as __s::SqlEnum>::DEF);
        }
        impl __s::ArrayElement for #ident {}
        #(impl __s::StoredAs<__s::word::#words> for #ident {})*
    }
}
