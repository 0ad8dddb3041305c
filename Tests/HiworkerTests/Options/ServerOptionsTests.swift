import ArgumentParser
import Server
import Testing

@testable import hiworker

@Suite struct `Flags of the server` {
    @Test(arguments: Setting.all)
    func `exist for every setting`(_ setting: Setting) throws {
        let options = try ServerOptions.parse(["--\(setting.flag)", "value"])
        #expect(options.flags == [setting.flag: "value"])
    }

    @Test(arguments: Setting.all.filter(\.isSecret))
    func `exist for the file of every secret`(_ setting: Setting) throws {
        let options = try ServerOptions.parse(["--\(setting.fileFlag)", "path"])
        #expect(options.flags == [setting.fileFlag: "path"])
    }

    @Test func `that are not given say nothing`() throws {
        #expect(try ServerOptions.parse([]).flags.isEmpty)
    }

    @Test(arguments: Setting.all)
    func `are explained with their variable and default`(_ setting: Setting) {
        let help = Serve.helpMessage(columns: 1000)
        #expect(help.contains("--\(setting.flag) "))
        #expect(help.contains("(\(setting.variable)\(setting.defaultText.map { "; default: \($0)" } ?? ""))"))
    }
}
