//! Whose a control is, in a word and an ink for a reader who is the customer.

use crate::text::Ink;
use anstyle::Style;
use onus_model::Class;

/// A class in words.
pub(crate) const fn word(class: Class) -> &'static str {
    match class {
        Class::Inherited => "inherited",
        Class::Shared => "shared",
        Class::Customer => "yours",
        Class::NotApplicable => "not applicable",
    }
}

/// How its word is shown.
pub(crate) const fn ink(class: Class) -> Style {
    match class {
        Class::Inherited => Ink::AWS,
        Class::Shared => Ink::OPEN,
        Class::Customer => Ink::CUSTOMER,
        Class::NotApplicable => Ink::DIM,
    }
}
