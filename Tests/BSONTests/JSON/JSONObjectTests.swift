import BSON
import Testing

@Suite("JSON objects")
struct JSONObjectTests {
    @Test("Setting replaces in place or appends, nil removes")
    func setting() {
        var object: JSON.Object = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        #expect(JSON.object(object).text == #"{"a":3,"b":2,"c":4}"#)
        object["b"] = nil
        object["missing"] = nil
        #expect(JSON.object(object).text == #"{"a":3,"c":4}"#)
        object.append("a", .null)
        object.append("d", true)
        #expect(JSON.object(object).text == #"{"a":null,"c":4,"d":true}"#)
        #expect(object.count == 3)
        #expect(!object.isEmpty)
        #expect(object["missing"] == nil)
    }

    @Test("A null member is there, and is not the same as none")
    func nullMember() {
        let object: JSON.Object = ["a": .null]
        #expect(object["a"] == .some(.null))
        #expect(object["a"]?.isNull == true)
        #expect(object["b"]?.isNull == nil)
    }

    @Test("Objects are equal whatever the order of their members, and hash alike")
    func equality() {
        let left: JSON = ["a": 1, "b": ["c": true, "d": "x"]]
        let right: JSON = ["b": ["d": "x", "c": true], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1])
        #expect(left != ["a": 1, "b": ["c": true, "d": "y"]])
        #expect(left != ["a": 1, "x": ["c": true, "d": "x"]])
        #expect(JSON.integer(1) != JSON.number(1))
        #expect(JSON.null != JSON.bool(false))
    }

    @Test("Large and small objects behave alike, whatever is done to them", arguments: 0..<6)
    func againstModel(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var object = JSON.Object()
        var model: [(key: String, value: JSON)] = []
        for step in 0..<600 {
            // Up to 40 names: the object grows and shrinks across the size at which it keeps an index.
            let key = "k\(Int.random(in: 0..<40, using: &random))"
            let value = JSON.integer(Int64(step))
            let position = model.firstIndex { $0.key == key }
            if Int.random(in: 0..<10, using: &random) < (step / 150).isMultiple(of: 2).map(2, 8) {
                object[key] = nil
                if let position { model.remove(at: position) }
            } else {
                object[key] = value
                if let position { model[position].value = value } else { model.append((key, value)) }
            }
            #expect(object.keys == model.map(\.key))
            #expect(object.map(\.value) == model.map(\.value))
            #expect(object[key] == model.first { $0.key == key }?.value)
        }
    }

    @Test("Copies are independent")
    func copies() {
        let original = JSON.Object((0..<100).map { ("k\($0)", JSON.integer($0)) })
        var copy = original
        copy["k0"] = nil
        copy["k1"] = "changed"
        #expect(original["k0"] == 0)
        #expect(original["k1"] == 1)
        #expect(copy.count == 99)
    }

    @Test("Views are nil for other types")
    func views() {
        let values: [JSON] = [.null, true, 1, 1.5, "s", [], [:]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
        #expect(values.map(\.integer) == [nil, nil, 1, nil, nil, nil, nil])
        #expect(values.map(\.number) == [nil, nil, 1, 1.5, nil, nil, nil])
        #expect(values.map(\.string) == [nil, nil, nil, nil, "s", nil, nil])
        #expect(values.map(\.array) == [nil, nil, nil, nil, nil, [], nil])
        #expect(values.map(\.object) == [nil, nil, nil, nil, nil, nil, [:]])
        #expect((["a": 1] as JSON)["a"] == 1)
        #expect((["a"] as JSON)["a"] == nil)
    }
}

extension Bool {
    fileprivate func map<Value>(_ whenTrue: Value, _ whenFalse: Value) -> Value {
        self ? whenTrue : whenFalse
    }
}
