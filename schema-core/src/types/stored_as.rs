/// A Rust type that a column of the type `Word` can hold: a type word in `#[column(..)]` requires it of the field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored as `{Word}`",
    label = "not a type for a `{Word}` column",
    note = "the attribute reference lists the Rust types of each column type"
)]
pub trait StoredAs<Word>: super::SqlValue {}

#[diagnostic::do_not_recommend]
impl<Word, T: StoredAs<Word> + super::SqlValue<Base = T>> StoredAs<Word> for Option<T> {}

#[diagnostic::do_not_recommend]
impl<Word, T: StoredAs<Word> + super::ArrayElement> StoredAs<word::array<Word>> for Vec<T> {}

/// The type words of `#[column(..)]` as types, so that the compiler's message contains the word.
#[allow(non_camel_case_types, missing_docs)]
pub mod word {
    macro_rules! words {
        ($($word:ident $variant:ident $(($holds:ty = $example:expr))?, $sql:literal, $catalog:literal, $leak:ident, $kind:ident, $size:ident($($bytes:literal),+);)*) => {
            $(#[derive(Debug)] pub struct $word;)*
        };
    }

    crate::model::scalar_types!(words);

    #[derive(Debug)]
    pub struct array<Word>(core::marker::PhantomData<Word>);
}
