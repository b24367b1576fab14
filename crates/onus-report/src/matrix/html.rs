//! stub
use onus_assess::Assessment;
use onus_model::Convention;
/// stub
///
/// # Errors
/// none
pub fn write_html(_: &Assessment, _: Option<Convention>) -> Result<String, crate::html::Error> {
    Ok(String::new())
}
