use proc_macro2::TokenStream;
use quote::quote;

use super::located::located_at;
use super::names::name_of;
use crate::ast::{Table, Volume, Width};

/// `.volume(VolumeDef::new(1000000u64, 2000u64).widths(&[..]))`
pub(super) fn volume(table: &Table, volume: &Volume) -> TokenStream {
    let (rows, per_day) = (volume.rows.unwrap_or(0), volume.per_day.unwrap_or(0));
    let widths: Vec<_> = volume
        .widths
        .iter()
        .filter_map(|width| self::width(table, width))
        .collect();
    let widths = (!widths.is_empty()).then(|| quote!(.widths(&[#(#widths),*])));
    quote!(.volume(__s::VolumeDef::new(#rows, #per_day) #widths))
}

/// The width of a column. Its span is that of the word in `width(..)`, where rustc reports a type whose values all have
/// one width.
fn width(table: &Table, width: &Width) -> Option<TokenStream> {
    let rust_type = &table.column(&width.column)?.rust_type;
    let (name, bytes) = (name_of(table, &width.column), width.bytes);
    Some(located_at(
        quote!(__s::WidthDef::new::<#rust_type>(#name, #bytes)),
        width.column.span(),
    ))
}
