using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AirHil.Modem;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Output;

/// <summary>
/// A whole command over a file system that fails at any one of the calls that change it: a library in front of the C
/// library counts them and fails the chosen one. Whichever it is, the command ends with what it has, says what is
/// missing, and leaves no half of a file.
/// </summary>
public sealed class FailingCallTests : IDisposable
{
    private const string Older = "older";

    /// <summary>Writes as if the disk became full: half of the bytes fit, and the next write fails.</summary>
    private const string Shim =
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>
        #include <sys/uio.h>
        #include <unistd.h>
        static int calls, chosen = -2;
        static int is_ours(const char *path) {
            const char *place = getenv("SHIM_PLACE");
            return place && path && strstr(path, place);
        }
        static int is_ours_fd(int fd) {
            char link[64], path[4096];
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
            ssize_t length = readlink(link, path, sizeof path - 1);
            if (length < 0) return 0;
            path[length] = 0;
            return is_ours(path);
        }
        static int fails(const char *what) {
            if (chosen == -2) chosen = atoi(getenv("SHIM_CALL") ? getenv("SHIM_CALL") : "-1");
            int number = __sync_add_and_fetch(&calls, 1);
            const char *told = getenv("SHIM_TOLD");
            if (told) {
                static int (*open_log)(const char *, int, ...);
                static ssize_t (*write_log)(int, const void *, size_t);
                if (!open_log) open_log = dlsym(RTLD_NEXT, "open");
                if (!write_log) write_log = dlsym(RTLD_NEXT, "write");
                int fd = open_log(told, O_WRONLY | O_CREAT | O_APPEND, 0600);
                char line[80];
                write_log(fd, line, snprintf(line, sizeof line, "%d %s\n", number, what));
                close(fd);
            }
            return number == chosen;
        }
        #define NEXT(name, type) static __typeof__(type) next; if (!next) next = dlsym(RTLD_NEXT, name)
        static ssize_t half(int fd, const void *bytes, size_t count, off_t at) {
            static ssize_t (*next)(int, const void *, size_t, off_t);
            if (!next) next = dlsym(RTLD_NEXT, "pwrite64");
            if (count > 1) next(fd, bytes, count / 2, at);
            errno = ENOSPC;
            return -1;
        }
        ssize_t write(int fd, const void *bytes, size_t count) {
            NEXT("write", ssize_t (*)(int, const void *, size_t));
            if (is_ours_fd(fd) && fails("write")) {
                if (count > 1) next(fd, bytes, count / 2);
                errno = ENOSPC;
                return -1;
            }
            return next(fd, bytes, count);
        }
        ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
            NEXT("pwrite64", ssize_t (*)(int, const void *, size_t, off_t));
            return is_ours_fd(fd) && fails("pwrite") ? half(fd, bytes, count, at) : next(fd, bytes, count, at);
        }
        ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }
        ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) {
            NEXT("pwritev64", ssize_t (*)(int, const struct iovec *, int, off_t));
            if (is_ours_fd(fd) && fails("pwritev")) { errno = ENOSPC; return -1; }
            return next(fd, parts, count, at);
        }
        ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
            return pwritev64(fd, parts, count, at);
        }
        int open64(const char *path, int flags, ...) {
            NEXT("open64", int (*)(const char *, int, ...));
            va_list rest;
            va_start(rest, flags);
            int mode = va_arg(rest, int);
            va_end(rest);
            if (flags & (O_CREAT | O_TRUNC) && is_ours(path) && fails("open")) { errno = ENOSPC; return -1; }
            return next(path, flags, mode);
        }
        int open(const char *path, int flags, ...) {
            va_list rest;
            va_start(rest, flags);
            int mode = va_arg(rest, int);
            va_end(rest);
            return open64(path, flags, mode);
        }
        int rename(const char *from, const char *to) {
            NEXT("rename", int (*)(const char *, const char *));
            if (is_ours(to) && fails("rename")) { errno = ENOSPC; return -1; }
            return next(from, to);
        }
        int mkdir(const char *path, mode_t mode) {
            NEXT("mkdir", int (*)(const char *, mode_t));
            if (is_ours(path) && fails("mkdir")) { errno = ENOSPC; return -1; }
            return next(path, mode);
        }
        int ftruncate64(int fd, off_t length) {
            NEXT("ftruncate64", int (*)(int, off_t));
            if (is_ours_fd(fd) && fails("ftruncate")) { errno = EIO; return -1; }
            return next(fd, length);
        }
        int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
        int fsync(int fd) {
            NEXT("fsync", int (*)(int));
            if (is_ours_fd(fd) && fails("fsync")) { errno = EIO; return -1; }
            return next(fd);
        }
        """;

    private const string Feature =
        """
        Feature: Disk
          Background:
            Given the script "firmware"
            When power is applied
          Scenario: It prints
            Then within 1 s the log shows "hello"
            When 20 s passes
          Scenario: It fails
            Then within 1 s the log shows "nothing"
        """;

    private readonly TempFolder _folder = new();

    public static TheoryData<string, int> Commands => new()
    {
        {
            "test f.feature -o place --junit place/j.xml --messages place/m.ndjson --coverage place/c.lcov " +
                "--record place/kept",
            1
        },
        { "test f.feature -o place/new/folder", 1 },
        { "run firmware --for 20s --record place --coverage place/c.lcov", 0 },
        { "hunt f.feature -k prints --schedules 2 -o place/found --corpus place/corpus --junit place/j.xml", 0 },
        { "replay rec.ndjson --stimuli --record place/again.ndjson", 0 },
        { "compare rec.ndjson rec.ndjson --fit place/fit.json --html place/page.html", 0 },
        { "export rec.ndjson --html place/page.html --pcapng place/x.pcapng --vcd place/x.vcd", 0 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Whichever_call_fails_nothing_is_half_and_what_is_missing_is_told(string command, int code)
    {
        await Prepare();
        var whole = await Run(command, -1);
        whole.ExitCode.ShouldBe(code, whole.Error);
        var calls = Calls().Length;
        calls.ShouldBeGreaterThan(2);
        foreach (var seed in LongRun.Seeds(2, $"failing calls of {calls}"))
        {
            var failing = LongRun.IsTimed ? 1 + ((seed - 1) % calls)
                : 1 + SplitMix64.For((ulong)seed, command).Below(calls);
            var outcome = await Run(command, failing);
            // How often a recording is flushed is a matter of the wall clock.
            if (Calls().Length < failing) continue;
            var where = $"call {failing}: {Calls()[failing - 1]}";
            outcome.Error.Contains("internal error", StringComparison.Ordinal).ShouldBeFalse(where + outcome.Error);
            outcome.Error.Contains("fault of AirHil", StringComparison.Ordinal).ShouldBeFalse(where + outcome.Error);
            outcome.ExitCode.ShouldBeOneOf([4, code], $"{where}\n{outcome.Error}");
            if (outcome.ExitCode == 4)
            {
                outcome.Error.ShouldMatch("No space left|Input/output error", where);
            }

            var place = Path.Combine(_folder.Path, "place");
            if (!Directory.Exists(place)) continue;
            foreach (var file in Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories))
            {
                ShouldBeWhole(file, outcome, where);
            }
        }
    }

    private static void ShouldBeWhole(string file, Airhil.Outcome outcome, string where)
    {
        var name = Path.GetFileName(file);
        if (name.EndsWith(".lock", StringComparison.Ordinal)) return;
        name.EndsWith(".new", StringComparison.Ordinal).ShouldBeFalse(where);
        var text = File.ReadAllText(file);
        if (text == Older) return;
        switch (Path.GetExtension(file))
        {
            case ".xml":
                System.Xml.Linq.XDocument.Parse(text).Root!.Name.LocalName.ShouldBe("testsuites", where);
                break;
            case ".json":
                JsonDocument.Parse(text).Dispose();
                break;
            case ".html":
                ShouldEndWith(text.TrimEnd(), "</html>", where);
                break;
            case ".lcov":
                ShouldEndWith(text.TrimEnd(), "end_of_record", where);
                break;
            case ".vcd" or ".feature" or ".txt":
                ShouldEndWith(text, "\n", where);
                break;
            case ".ndjson" when name.StartsWith('m'):
                ShouldEndWith(text, "\n", where);
                text.Contains("testRunFinished", StringComparison.Ordinal).ShouldBeTrue(where);
                break;
            case ".ndjson" or ".gz" or ".zst":
                ShouldBeReadable(file, outcome, where);
                break;
        }
    }

    private static void ShouldEndWith(string text, string end, string where) =>
        text.EndsWith(end, StringComparison.Ordinal).ShouldBeTrue(where);

    /// <summary>A recording has a torn tail at most, of which the command told.</summary>
    private static void ShouldBeReadable(string file, Airhil.Outcome outcome, string where)
    {
        try
        {
            using var reader = SessionReader.Open(file);
            _ = reader.ReadEvents().Count();
            if (reader.Repairs.Count > 0) outcome.ExitCode.ShouldBe(4, where);
        }
        catch (SessionFormatException)
        {
            // Its very beginning could not be written.
            outcome.ExitCode.ShouldBe(4, where);
        }
    }

    private string[] Calls() => File.ReadAllLines(Path.Combine(_folder.Path, "told"));

    private async Task Prepare()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library stands in front of the C library of Linux");
        _folder.Write("shim.c", Shim);
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc", "-shared -fPIC -O1 -w -o shim.so shim.c -ldl")
            {
                WorkingDirectory = _folder.Path,
            })!;
            await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(compiler.ExitCode == 0, "cc cannot compile here");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("there is no C compiler (cc)");
        }

        _folder.Script("log.info('hello')\nuart.setup(1) while true do uart.write(1, 'beat') rtos.receive(100) end");
        _folder.Write("f.feature", Feature);
        (await Airhil.In(_folder, "run", "firmware", "--for", "2s", "--record", "rec")).ShouldExitWith(0);
        File.Move(
            Directory.GetFiles(Path.Combine(_folder.Path, "rec")).Single(),
            Path.Combine(_folder.Path, "rec.ndjson"));
    }

    private async Task<Airhil.Outcome> Run(string command, int failing)
    {
        var place = Path.Combine(_folder.Path, "place");
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        File.Delete(Path.Combine(_folder.Path, "told"));
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "airhil.dll"), .. command.Split(' ')])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_PRELOAD"] = Path.Combine(_folder.Path, "shim.so");
        start.Environment["SHIM_PLACE"] = $"{_folder.Path}/place";
        start.Environment["SHIM_CALL"] = failing.ToString(CultureInfo.InvariantCulture);
        start.Environment["SHIM_TOLD"] = Path.Combine(_folder.Path, "told");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Airhil.Outcome(process.ExitCode, await output, error);
    }
}
