use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// Puts the items in an unnamed const, so that their names do not appear in the user's module.
pub(super) fn const_block(krate: &Path, items: &TokenStream) -> TokenStream {
    quote! {
        #[doc(hidden)]
        #[automatically_derived]
        #[allow(missing_docs, unreachable_pub, dead_code, unused_imports, unused_variables, private_interfaces, private_bounds, non_camel_case_types, non_snake_case, clippy::all, clippy::pedantic)]
        const _: () = {
            use #krate::__private as __s;
            #items
        };
    }
}
