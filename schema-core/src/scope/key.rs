use crate::types::Newtype;
use crate::wire::ColumnValue;

/// The type of an owner's key, from which [`Db::scope`](super::Db::scope) makes a scope.
///
/// It is implemented for types with `#[derive(Key)]`, `Uuid`, `i16`, `i32`, `i64` and `String`. Under row-level
/// security the key is sent as text: the policies compare the column with `current_setting(..)`, cast to the column's
/// type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of an owner",
    label = "not a key of an owner",
    note = "a scope takes the key of the owner's table: a type with `#[derive(Key)]`, a `Uuid`, an integer or a `String`"
)]
pub trait ScopeKey: ColumnValue + Clone + 'static {
    /// The text that the session's setting gets.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if no setting can hold the key.
    fn setting(&self) -> Result<String, KeyError>;

    /// Checks the key without making the text.
    ///
    /// # Errors
    ///
    /// [`KeyError`] if no setting can hold the key.
    fn check(&self) -> Result<(), KeyError> {
        self.setting().map(drop)
    }
}

/// The error of an owner's key that is empty or contains a NUL character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the owner key must not be empty or contain NUL; give another")]
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
    fn an_empty_text_or_one_with_nul_is_no_key() {
        assert_eq!(String::new().setting(), Err(KeyError));
        assert_eq!("a\0b".to_owned().setting(), Err(KeyError));
        assert_eq!("o'neill".to_owned().setting(), Ok("o'neill".to_owned()));
    }
}
