//! The shapes of the views: which names a template may ask for, read off the Rust types themselves.
//!
//! A view derives `Deserialize` for this alone: a deserializer that hands out empty values is told the name of every struct and
//! field on the way. The check of a theme's templates walks these shapes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// What a template may do with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Print it: a text, a number, a flag.
    Plain,
    /// Print it or compare it with one of these.
    OneOf(Vec<String>),
    /// Walk over its items.
    List(Box<Shape>),
    /// Ask for a field; the name leads into [`Shapes::records`].
    Record(String),
    /// Anything: nothing is known.
    Any,
}

/// The shapes of one view and of all that it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shapes {
    /// The fields of each struct, by the struct's name.
    pub records: BTreeMap<String, BTreeMap<String, Shape>>,
    /// The structs that are being handed out.
    open: BTreeSet<&'static str>,
}

impl Shapes {
    /// Reads the shape of `T` and of all that it holds. An optional value has the shape of the value.
    pub fn add<T: for<'de> Deserialize<'de>>(&mut self) -> Shape {
        let mut shape = Shape::Any;
        // Only a type that holds itself without a list ends early, and its fields are known by then.
        let _ = T::deserialize(Tracer { shapes: self, shape: &mut shape });
        shape
    }

    /// Adds a tree of labels as a record of records.
    pub fn add_labels(&mut self, name: &str, labels: &serde_json::Value) -> Shape {
        let serde_json::Value::Object(map) = labels else { return Shape::Plain };
        let fields = map.iter().map(|(key, value)| (key.clone(), self.add_labels(&format!("{name}.{key}"), value))).collect();
        self.records.insert(name.into(), fields);
        Shape::Record(name.into())
    }
}

/// Hands out empty values and writes down what it is asked for.
struct Tracer<'a> {
    shapes: &'a mut Shapes,
    shape: &'a mut Shape,
}

/// Why a value could not be handed out: its struct is being handed out already.
#[derive(Debug)]
struct Again;

impl fmt::Display for Again {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a struct that holds itself")
    }
}

impl std::error::Error for Again {}

impl serde::de::Error for Again {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Tracer<'_> {
    type Error = Again;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        *self.shape = Shape::Plain;
        visitor.visit_bool(false)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        *self.shape = Shape::Plain;
        visitor.visit_u64(0)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        *self.shape = Shape::Plain;
        visitor.visit_str("")
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Again> {
        let mut item = Shape::Any;
        let value = visitor.visit_seq(Items { shapes: self.shapes, item: &mut item, done: false })?;
        *self.shape = Shape::List(Box::new(item));
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Again> {
        *self.shape = Shape::Record(name.into());
        if !self.shapes.open.insert(name) {
            return Err(Again);
        }
        let value = visitor.visit_map(Fields { shapes: self.shapes, name, list: fields, next: 0 });
        self.shapes.open.remove(name);
        value
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Again> {
        *self.shape = Shape::OneOf(variants.iter().map(|v| (*v).into()).collect());
        let first: StrDeserializer<'_, Again> = variants.first().copied().unwrap_or("").into_deserializer();
        visitor.visit_enum(first)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct map
        identifier ignored_any
    }
}

/// The one item of a list.
struct Items<'a> {
    shapes: &'a mut Shapes,
    item: &'a mut Shape,
    done: bool,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Again;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Again> {
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        // An item that is being handed out already ends the list; its shape is written down by now.
        Ok(seed.deserialize(Tracer { shapes: self.shapes, shape: self.item }).ok())
    }
}

/// The fields of a struct, in order.
struct Fields<'a> {
    shapes: &'a mut Shapes,
    name: &'static str,
    list: &'static [&'static str],
    next: usize,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Again;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Again> {
        let Some(field) = self.list.get(self.next) else { return Ok(None) };
        let field: StrDeserializer<'_, Again> = (*field).into_deserializer();
        seed.deserialize(field).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Again> {
        let field = self.list[self.next];
        self.next += 1;
        let mut shape = Shape::Any;
        let value = seed.deserialize(Tracer { shapes: self.shapes, shape: &mut shape });
        self.shapes.records.entry(self.name.into()).or_default().insert(field.into(), shape);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "read by the tracer only")]
    struct Tree {
        name: String,
        tone: Option<Tone>,
        children: Vec<Tree>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Tone {
        Done,
        UnderWay,
    }

    #[test]
    fn a_type_that_holds_itself_is_read_whole() {
        let mut shapes = Shapes::default();
        assert_eq!(shapes.add::<Tree>(), Shape::Record("Tree".into()));
        let fields = &shapes.records["Tree"];
        assert_eq!(fields["name"], Shape::Plain);
        assert_eq!(fields["tone"], Shape::OneOf(vec!["done".into(), "under-way".into()]));
        assert_eq!(fields["children"], Shape::List(Box::new(Shape::Record("Tree".into()))));
    }
}
