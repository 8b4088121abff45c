//! Parses the names of migration files.

use super::Direction;

/// `<version>_<description>.up.sql`, `.down.sql`, or just `.sql` for a migration that cannot be reverted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileName {
    pub(super) version: i64,
    pub(super) description: String,
    pub(super) direction: Direction,
}

/// Why a name is rejected that looks like one of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadName {
    /// A sign is before the digits.
    Signed,
    /// The number does not fit into 64 bits.
    TooLarge,
}

impl FileName {
    /// `None` if the file does not belong to a migration.
    pub(super) fn parse(name: &str) -> Result<Option<Self>, BadName> {
        let Some((digits, rest)) = name.split_once('_') else {
            return Ok(None);
        };
        let Some((direction, suffix)) = suffix(rest) else {
            return Ok(None);
        };
        let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
        if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        if unsigned != digits {
            return Err(BadName::Signed);
        }
        let version = digits.parse().map_err(|_| BadName::TooLarge)?;
        // SQLx removes a repeated suffix completely, and its history contains the description.
        let description = rest.trim_end_matches(suffix).replace('_', " ");
        Ok(Some(Self {
            version,
            description,
            direction,
        }))
    }
}

/// The suffixes by which SQLx distinguishes the files of a version.
const SUFFIXES: [(Direction, &str); 3] = [
    (Direction::Up, ".up.sql"),
    (Direction::Down, ".down.sql"),
    (Direction::Up, ".sql"),
];

fn suffix(rest: &str) -> Option<(Direction, &'static str)> {
    let mut suffixes = SUFFIXES.into_iter();
    suffixes.find(|(_, suffix)| rest.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::{BadName, Direction, FileName};

    #[test]
    fn names_of_migrations() {
        let expected = [
            ("1_a.up.sql", 1, "a", Direction::Up),
            ("1_a.down.sql", 1, "a", Direction::Down),
            ("1_a.sql", 1, "a", Direction::Up),
            (
                "20240102030405_add_due_date.up.sql",
                20_240_102_030_405,
                "add due date",
                Direction::Up,
            ),
            ("007_bond.sql", 7, "bond", Direction::Up),
            ("0_zero.sql", 0, "zero", Direction::Up),
            ("1_.sql", 1, "", Direction::Up),
            ("1_.up.sql", 1, "", Direction::Up),
            ("1__a__b_.sql", 1, " a  b ", Direction::Up),
            ("1_up.sql", 1, "up", Direction::Up),
            ("1_a.up.down.sql", 1, "a.up", Direction::Down),
            ("1_a.up.sql.up.sql", 1, "a", Direction::Up),
            (
                "1_ä ö'\"; DROP TABLE x;--.sql",
                1,
                "ä ö'\"; DROP TABLE x;--",
                Direction::Up,
            ),
            (
                "9223372036854775807_max.sql",
                i64::MAX,
                "max",
                Direction::Up,
            ),
        ];
        for (name, version, description, direction) in expected {
            let description = description.to_owned();
            let expected = FileName {
                version,
                description,
                direction,
            };
            assert_eq!(FileName::parse(name), Ok(Some(expected)), "{name}");
        }
    }

    #[test]
    fn names_of_other_files() {
        let others = [
            "",
            "_",
            ".sql",
            "_a.sql",
            "a.sql",
            "1.sql",
            "1.up.sql",
            "1-a.sql",
            "1_a",
            "1_a.SQL",
            "1_a.sql~",
            "1_a.sql.bak",
            "seed_data.sql",
            "V1_a.sql",
            "1a_b.sql",
            " 1_a.sql",
            "1 _a.sql",
            "١_a.sql",
            "0x1_a.sql",
            "1e3_a.sql",
            "-_a.sql",
            "README_first.md",
            "schema.json",
        ];
        for name in others {
            assert_eq!(FileName::parse(name), Ok(None), "{name}");
        }
    }

    #[test]
    fn names_that_sqlx_would_take_or_refuse() {
        for name in ["-1_a.sql", "+1_a.up.sql"] {
            assert_eq!(FileName::parse(name), Err(BadName::Signed), "{name}");
        }
        let too_large = FileName::parse("9223372036854775808_a.sql");
        assert_eq!(too_large, Err(BadName::TooLarge));
    }
}
