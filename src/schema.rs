//! JSON Schema (2020-12) of each kind of record, from the field table, for editors that complete and check while typing.
//!
//! Each key may be written in both spellings, so each property stands twice, and what is required is required in either.

use serde_json::{Map, Value, json};

use crate::field::{FORMS, Field, Kind, Object, Shape};
use crate::record::{Forms, StepForm};

/// Returns the schema of a kind of record; `forms` gives the steps of each workflow.
pub fn schema(kind: Kind, forms: &Forms) -> Value {
    let object = kind.object();
    let mut definitions = Definitions { forms, found: Map::new() };
    let mut schema = definitions.object(object);
    let Value::Object(root) = &mut schema else {
        return schema;
    };
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!(format!("{} · {}", object.zh, object.name)));
    root.insert("description".into(), json!(object.en));
    if object.fields.iter().any(|field| matches!(field.shape, Shape::Steps)) {
        definitions.steps(root);
    }
    if !definitions.found.is_empty() {
        root.insert("$defs".into(), Value::Object(definitions.found));
    }
    schema
}

/// Returns the schema of every form of evidence, by the name that rule packs use.
pub fn forms() -> Value {
    let no_steps = Forms::new();
    let mut definitions = Definitions { forms: &no_steps, found: Map::new() };
    let mut all: Map<String, Value> = FORMS.iter().map(|form| (form.name.to_owned(), definitions.shape(&form.shape))).collect();
    all.insert("$defs".into(), Value::Object(definitions.found));
    Value::Object(all)
}

/// The objects that a schema refers to.
struct Definitions<'f> {
    forms: &'f Forms,
    found: Map<String, Value>,
}

impl Definitions<'_> {
    /// Writes an object with every key in both spellings.
    fn object(&mut self, object: &'static Object) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in object.fields {
            let property = self.property(object, field);
            properties.insert(field.key.to_owned(), property.clone());
            if field.zh != field.key {
                properties.insert(field.zh.to_owned(), property);
            }
            if field.required {
                required.push(either(field));
            }
        }
        let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
        if let (Value::Object(schema), false) = (&mut schema, required.is_empty()) {
            schema.insert("allOf".into(), Value::Array(required));
        }
        schema
    }

    /// Writes one key: its shape, its names and what it means in both languages.
    fn property(&mut self, object: &'static Object, field: &'static Field) -> Value {
        let mut property = if field.key == "kind" && Kind::from_name(object.name).is_some() {
            json!({"enum": [object.name, object.zh]})
        } else {
            self.shape(&field.shape)
        };
        if let Value::Object(property) = &mut property {
            property.insert("title".into(), json!(format!("{} · {}", field.zh, field.key)));
            property.insert("description".into(), json!(format!("{} · {}", field.meaning_zh, field.meaning_en)));
        }
        property
    }

    /// Writes a shape.
    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Object(object) => self.reference(object),
            Shape::List(element) => json!({"type": "array", "items": self.shape(element)}),
            Shape::Table(element) => json!({"type": "object", "additionalProperties": self.shape(element)}),
            Shape::Steps => json!({"type": "object"}),
            _ => scalar(shape),
        }
    }

    /// Refers to an object, which is written once.
    fn reference(&mut self, object: &'static Object) -> Value {
        if !self.found.contains_key(object.name) {
            self.found.insert(object.name.to_owned(), Value::Null);
            let schema = self.object(object);
            self.found.insert(object.name.to_owned(), schema);
        }
        json!({"$ref": format!("#/$defs/{}", object.name)})
    }

    /// Adds what stands under `steps`, which depends on the workflow.
    fn steps(&mut self, root: &mut Map<String, Value>) {
        let forms = self.forms;
        let mut cases: Vec<Value> = Vec::new();
        for (workflow, steps) in forms {
            let evidence = self.evidence(steps);
            for (workflow_key, steps_key) in
                [("workflow", "steps"), ("workflow", "步骤"), ("工作法", "steps"), ("工作法", "步骤")]
            {
                cases.push(json!({
                    "if": {"required": [workflow_key], "properties": {workflow_key: {"const": workflow}}},
                    "then": {"properties": {steps_key: evidence}},
                }));
            }
        }
        if let Some(Value::Array(all)) = root.get_mut("allOf") {
            all.extend(cases);
        }
    }

    /// Writes the steps of a workflow with the forms of their evidence.
    fn evidence(&mut self, steps: &[StepForm]) -> Value {
        let mut properties = Map::new();
        for step in steps {
            let form = self.shape(&step.form.shape);
            properties.insert(step.id.clone(), form.clone());
            properties.insert(step.title_zh.clone(), form);
        }
        json!({"type": "object", "properties": properties, "additionalProperties": false})
    }
}

/// Requires a key in either spelling.
fn either(field: &Field) -> Value {
    if field.zh == field.key {
        return json!({"required": [field.key]});
    }
    json!({"anyOf": [{"required": [field.key]}, {"required": [field.zh]}]})
}

/// Writes a scalar shape.
fn scalar(shape: &Shape) -> Value {
    const SHARE: &str = r"^([0-9]{1,3}(\.[0-9]{1,4})?%|[0-9]{1,9}/[1-9][0-9]{0,8})$";
    match shape {
        Shape::Integer(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
        Shape::Money => json!({"type": "number"}),
        Shape::Decimal => json!({"type": "number", "minimum": 0}),
        Shape::Share => json!({"type": "string", "pattern": SHARE}),
        Shape::Bound => json!({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": SHARE}]}),
        Shape::Date => json!({"type": "string", "format": "date"}),
        Shape::Time => json!({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
        Shape::Period => json!({"anyOf": [
            {"type": "integer", "minimum": 1900, "maximum": 2199},
            {"type": "string", "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"},
        ]}),
        Shape::Flag => json!({"enum": [true, false, "是", "否"]}),
        Shape::Choice(choices) => {
            let values: Vec<&str> = choices.values.iter().flat_map(|(key, zh, _)| [*key, *zh]).collect();
            json!({"enum": values})
        }
        Shape::OpinionReference => json!({"type": "string", "pattern": "/[1-9][0-9]*$"}),
        Shape::Id | Shape::Workflow | Shape::Body | Shape::Reference(_) | Shape::Attachment => {
            json!({"type": ["string", "integer"], "minLength": 1})
        }
        Shape::Line | Shape::Prose | Shape::Person | Shape::Expression => {
            json!({"type": ["string", "number", "boolean"], "minLength": 1})
        }
        Shape::Any | Shape::Object(_) | Shape::List(_) | Shape::Table(_) | Shape::Steps => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::field::{FORMS, form};

    fn forms() -> Forms {
        let form = form("resolve").expect("the form");
        Forms::from([("eight-step".to_owned(), vec![StepForm { id: "resolve".into(), title_zh: "成决议".into(), form }])])
    }

    /// Collects every object that a shape reaches.
    fn objects(shape: &'static Shape, found: &mut BTreeMap<&'static str, &'static Object>) {
        match shape {
            Shape::Object(object) => every(object, found),
            Shape::List(element) | Shape::Table(element) => objects(element, found),
            _ => {}
        }
    }

    fn every(object: &'static Object, found: &mut BTreeMap<&'static str, &'static Object>) {
        match found.insert(object.name, object) {
            Some(other) => assert!(std::ptr::eq(other, object), "two objects are named `{}`", object.name),
            None => object.fields.iter().for_each(|field| objects(&field.shape, found)),
        }
    }

    #[test]
    fn objects_have_names_of_their_own_within_a_schema() {
        for kind in Kind::ALL {
            let mut found = BTreeMap::new();
            every(kind.object(), &mut found);
            if kind == Kind::Matter {
                for form in FORMS {
                    objects(&form.shape, &mut found);
                }
            }
        }
    }

    #[test]
    fn every_key_stands_in_both_spellings_and_every_reference_leads_somewhere() {
        for kind in Kind::ALL {
            let schema = schema(kind, &forms());
            let properties = schema["properties"].as_object().expect("properties");
            for field in kind.object().fields {
                assert_eq!(properties[field.key], properties[field.zh], "{kind:?} {}", field.key);
            }
            let text = schema.to_string();
            for reference in text.split("#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(schema["$defs"][reference]["type"] == "object", "{kind:?} {reference}");
            }
        }
    }

    #[test]
    fn the_schema_of_a_closed_matter_is_as_small_as_this() {
        let schema = schema(Kind::Matter, &forms());
        assert_eq!(
            schema["$defs"]["closed"],
            json!({
                "type": "object",
                "properties": {
                    "date": {"type": "string", "format": "date", "title": "日期 · date", "description": "终止日期 · Day on which it ended"},
                    "日期": {"type": "string", "format": "date", "title": "日期 · date", "description": "终止日期 · Day on which it ended"},
                    "reason": {"type": ["string", "number", "boolean"], "minLength": 1, "title": "理由 · reason", "description": "理由 · Why"},
                    "理由": {"type": ["string", "number", "boolean"], "minLength": 1, "title": "理由 · reason", "description": "理由 · Why"},
                },
                "additionalProperties": false,
                "allOf": [
                    {"anyOf": [{"required": ["date"]}, {"required": ["日期"]}]},
                    {"anyOf": [{"required": ["reason"]}, {"required": ["理由"]}]},
                ],
            })
        );
        assert_eq!(schema["allOf"].as_array().map(Vec::len), Some(5 + 4));
    }
}
