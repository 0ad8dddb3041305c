extension Schema {
    static let members: [Named] = [
        ("Member", member),
        ("NewMember", newMember),
        ("MemberPatch", memberPatch),
        ("MemberWithKey", memberWithKey),
    ]

    private static let member = object([
        "id": .string(),
        "company": .string(),
        "name": Field.name.schema,
        "email": Field.email.schema.orNull,
        "metadata": Field.metadata.schema,
        "created_at": .time,
    ])
    .described(unknownFieldsNote)

    private static let newMember = object(
        [
            "name": Field.name.schema,
            "email": Field.email.schema.orNull,
            "metadata": Field.metadata.schema.orNull,
        ],
        optional: ["email", "metadata"],
        isClosed: true
    )

    private static let memberPatch = object(
        [
            "name": Field.name.schema,
            "email": Field.email.schema.orNull,
            "metadata": Field.metadata.schema,
        ],
        optional: ["name", "email", "metadata"],
        isClosed: true
    )

    private static let memberWithKey = object([
        "member": .reference("Member"),
        "key": .reference("IssuedKey"),
    ])
}
