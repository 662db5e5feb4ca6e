//! The fields of a form, as sent: names may repeat, and nothing in them is trusted.

/// The fields, in the order of the form.
pub(crate) type Fields = Vec<(String, String)>;

/// The first field of a name.
pub(crate) fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}
