import Directory

/// A zip archive of files that are stored as they are (PKWARE APPNOTE 6.3). The same files give the same bytes.
struct ZipArchive {
    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// 1980-01-01, the earliest date that a zip can say, in MS-DOS form.
    private static let date: UInt16 = 0x21
    /// Version 2.0 of the format.
    private static let version: UInt16 = 20
    /// Names are UTF-8.
    private static let flags: UInt16 = 0x800
    /// A regular file that its owner may write and everybody read, as Unix has it.
    private static let attributes: UInt32 = 0o100644 << 16

    /// Adds a file. Its size and name are below the 4 GiB and 64 KiB that the plain format holds.
    mutating func add(_ path: String, _ content: [UInt8]) {
        let checksum = content.withUnsafeBytes { CRC32.checksum($0) }
        let name = Array(path.utf8)
        let offset = UInt32(bytes.count)
        let fields = Self.fields(checksum: checksum, size: UInt32(content.count), nameLength: UInt16(name.count))
        bytes.append(little: UInt32(0x0403_4B50))
        bytes += fields + name + content
        directory.append(little: UInt32(0x0201_4B50))
        // Made by the same version, on Unix.
        directory.append(little: UInt16(3 << 8) | Self.version)
        directory += fields
        // No comment, disk 0, no internal attributes.
        for _ in 0..<3 { directory.append(little: UInt16(0)) }
        directory.append(little: Self.attributes)
        directory.append(little: offset)
        directory += name
        count += 1
    }

    /// What local header and directory say alike.
    private static func fields(checksum: UInt32, size: UInt32, nameLength: UInt16) -> [UInt8] {
        var fields: [UInt8] = []
        fields.append(little: version)
        fields.append(little: flags)
        // Stored, at midnight.
        fields.append(little: UInt16(0))
        fields.append(little: UInt16(0))
        fields.append(little: date)
        fields.append(little: checksum)
        fields.append(little: size)
        fields.append(little: size)
        fields.append(little: nameLength)
        fields.append(little: UInt16(0))
        return fields
    }

    /// Writes the directory behind the files; nothing may be added after that.
    consuming func finished() -> [UInt8] {
        let offset = UInt32(bytes.count)
        bytes += directory
        bytes.append(little: UInt32(0x0605_4B50))
        for number in [0, 0, count, count] { bytes.append(little: number) }
        bytes.append(little: UInt32(directory.count))
        bytes.append(little: offset)
        bytes.append(little: UInt16(0))
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
