use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{expr, names};
use crate::ast::{Expr, Partition, PartitionBound, PartitionBy, Table};

/// `.partition_by(..)`
pub(super) fn partition_by(table: &Table, by: &PartitionBy) -> TokenStream {
    let strategy = format_ident!("{}", by.strategy);
    let columns = names(table, &by.columns);
    quote!(.partition_by(__s::PartitionByDef::new(__s::PartitionStrategy::#strategy, #columns)))
}

pub(super) fn partition(partition: &Partition) -> TokenStream {
    let name = &partition.name.value;
    let bound = match &partition.bound {
        PartitionBound::Range(from, to) => {
            let (from, to) = (list(from), list(to));
            quote!(Range(#from, #to))
        }
        PartitionBound::List(values) => {
            let values = list(values);
            quote!(List(#values))
        }
        PartitionBound::Hash(modulus, remainder) => quote!(Hash(#modulus, #remainder)),
        PartitionBound::Default => quote!(Default),
    };
    quote!(__s::PartitionDef::new(#name, __s::PartitionBound::#bound))
}

fn list(values: &[Expr]) -> TokenStream {
    let values = values.iter().map(expr::by_name);
    quote!(&[#(#values),*])
}
