use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::calls::with_text;
use super::located::located_at;
use super::names::names;
use super::{column, expr};
use crate::ast::{Expr, MonthlyPartitions, Partition, PartitionBound, PartitionBy, Table};

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

/// `.monthly_partitions(..)`, with the span of the key, where an error appears if the partition key is not a date or a
/// time.
pub(super) fn monthly(table: &Table, monthly: &MonthlyPartitions) -> Option<TokenStream> {
    let by = table.partition_by.as_ref()?;
    let key = column::start(table.column(by.columns.first()?)?);
    let start = located_at(
        quote!(__s::MonthlyPartitionsDef::over(#key.sql_type)),
        monthly.span,
    );
    let function = with_text("function", monthly.function.as_ref());
    let ahead = monthly.ahead.map(|ahead| {
        let count = ahead.count;
        quote!(.ahead(#count))
    });
    Some(quote!(.monthly_partitions(#start #function #ahead)))
}
