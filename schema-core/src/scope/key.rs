use crate::types::Newtype;
use crate::wire::ColumnValue;

/// The key of an owner: what a scope is of.
///
/// Its text is what the database compares `current_setting(..)` with, cast to the type of the scope's columns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot say whose rows are meant",
    label = "no key of an owner",
    note = "a scope takes the key of the owner's table: a type with `#[derive(Key)]`, a `Uuid`, an integer or a `String`"
)]
pub trait ScopeKey: ColumnValue + Clone + 'static {
    /// The text that the setting gets.
    ///
    /// # Errors
    ///
    /// Where no setting can hold it.
    fn setting(&self) -> Result<String, KeyError>;

    /// Whether there is such a text, without making it.
    ///
    /// # Errors
    ///
    /// Where no setting can hold it.
    fn check(&self) -> Result<(), KeyError> {
        self.setting().map(drop)
    }
}

/// A key that no setting can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the owner's key is a text with a zero byte, or an empty one, which says nobody; give another"
)]
pub struct KeyError;

#[diagnostic::do_not_recommend]
impl<N: Newtype + ColumnValue + Clone + 'static> ScopeKey for N
where
    N::Inner: ScopeKey,
{
    fn setting(&self) -> Result<String, KeyError> {
        self.as_inner().setting()
    }

    fn check(&self) -> Result<(), KeyError> {
        self.as_inner().check()
    }
}

macro_rules! by_display {
    ($($key:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl ScopeKey for $key {
            fn setting(&self) -> Result<String, KeyError> {
                Ok(self.to_string())
            }

            fn check(&self) -> Result<(), KeyError> {
                Ok(())
            }
        }
    )* };
}

by_display!(i16 i32 i64);
#[cfg(feature = "uuid")]
by_display!(uuid::Uuid);

#[diagnostic::do_not_recommend]
impl ScopeKey for String {
    fn setting(&self) -> Result<String, KeyError> {
        self.check()?;
        Ok(self.clone())
    }

    fn check(&self) -> Result<(), KeyError> {
        if self.is_empty() || self.contains('\0') {
            return Err(KeyError);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_says_nobody_is_no_key() {
        assert_eq!(String::new().setting(), Err(KeyError));
        assert_eq!("a\0b".to_owned().setting(), Err(KeyError));
        assert_eq!("o'neill".to_owned().setting(), Ok("o'neill".to_owned()));
    }
}
