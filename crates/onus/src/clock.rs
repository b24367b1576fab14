//! The one clock.

use anyhow::{Context, Result};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// Today, or the day of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) where it is set, for reports that can be made again.
pub(crate) fn today() -> Result<Date> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds =
                text.parse().with_context(|| format!("SOURCE_DATE_EPOCH is not a number: `{text}`"))?;
            let time = Timestamp::from_second(seconds)
                .with_context(|| format!("SOURCE_DATE_EPOCH is out of range: `{text}`"))?;
            Ok(time.to_zoned(TimeZone::UTC).date())
        }
        Err(_) => Ok(Zoned::now().with_time_zone(TimeZone::UTC).date()),
    }
}
