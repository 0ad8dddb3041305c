import BSON
public import Directory
import HTTPTypes
public import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// The outermost middleware of the cold lane: chooses the language and turns everything thrown into a problem.
///
/// Unknown paths come here as Hummingbird's `404`; with the table of routes they become `not_found`, `method_not_allowed`
/// with `Allow`, or the answer to `OPTIONS`.
public struct ProblemMiddleware: RouterMiddleware {
    public typealias Context = APIRequestContext

    private let routes: RouteTable

    init(routes: RouteTable) {
        self.routes = routes
    }

    public func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Language(acceptLanguage: request.headers[.acceptLanguage])
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // The connection is beyond saving: whoever owns it answers and closes.
            throw error
        } catch {
            let response = response(to: error, request, context)
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    private func response(to error: any Error, _ request: Request, _ context: Context) -> Response {
        if let error = error as? HTTPError, error.status == .notFound {
            return unrouted(request, context)
        }
        return problem(error, context).response(in: context.language)
    }

    /// The answer where no route fits both path and method.
    private func unrouted(_ request: Request, _ context: Context) -> Response {
        let methods = routes.methods(of: request.uri.path)
        let allow = methods.joined(separator: ", ")
        var response: Response
        if methods.isEmpty {
            response = Problem(.notFound).response(in: context.language)
        } else if request.method == .options {
            response = Response(status: .noContent)
            response.headers[.allow] = allow
        } else {
            response = Problem(.methodNotAllowed, ["method": request.method.rawValue, "allow": allow])
                .response(in: context.language)
            response.headers[.allow] = allow
        }
        return response
    }

    private func problem(_ error: any Error, _ context: Context) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let error as DirectoryError:
            if case .storageUnavailable(let message) = error {
                context.logger.warning("storage unavailable", metadata: ["error": "\(message)"])
            }
            return Problem(directory: error)
        case is NIOTooManyBytesError:
            return Problem(.bodyTooLarge, ["limit": "\(FieldLimits.bodyBytes)"])
        case is CancellationError:
            return Problem(.shuttingDown)
        case is ChannelError:
            // The connection is gone, and the answer with it.
            return Problem(.malformedRequest, ["reason": "the connection ended before the request did"])
        default:
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            return Problem(.internalError, ["request": context.requestID])
        }
    }
}

extension Problem {
    /// The problem of something that the directory did not do.
    public init(directory error: DirectoryError) {
        switch error {
        case .storageUnavailable:
            self.init(.storageUnavailable, retryAfterSeconds: 1)
        case .companyExists:
            self.init(.companyExists)
        case .commandTaken(let command, let bot, let name):
            self.init(
                .commandTaken,
                ["command": command.text, "bot": name],
                members: ["bot": ["id": .string(bot), "name": .string(name)]]
            )
        case .notFound:
            self.init(.notFound)
        }
    }
}
