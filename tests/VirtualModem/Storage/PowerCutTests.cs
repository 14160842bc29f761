using AirHil.Modem;
using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Tests.Storage;

/// <summary>
/// What is in flash after the supply went in the middle of a write: of every file and key the old or the new content,
/// never half of one (littlefs: a commit is there or is not).
/// </summary>
public sealed class PowerCutTests
{
    /// <summary>
    /// Writes without end, and tells at its start what it finds: each content is a number and so many letters as it
    /// says.
    /// </summary>
    private const string Script = """
        sys = require("sys")
        fskv.init()
        local function whole(text)
          local n, rest = tostring(text):match("^(%d+):(x*)$")
          return n and #rest == tonumber(n) * 37 % 3000, tonumber(n)
        end
        local function look(name, text)
          if not text then log.info("look", name, "none") return 0 end
          local ok, n = whole(text)
          log.info("look", name, ok and "whole" or "HALF", n or -1)
          return n or 0
        end
        local n = math.max(look("file", io.readFile("/data.txt")), look("key", fskv.get("data")))
        log.info("space", select(3, fs.fsstat("/")))
        os.remove("/old.txt")
        sys.taskInit(function()
          while true do
            n = n + 1
            local text = n .. ":" .. ("x"):rep(n * 37 % 3000)
            local file = io.open("/new.txt", "wb")
            for i = 1, #text, 500 do file:write(text:sub(i, i + 499)) sys.wait(1) end
            file:close()
            os.rename("/new.txt", "/data.txt")
            fskv.set("data", text)
            sys.wait(2)
          end
        end)
        sys.run()
        """;

    [Fact]
    public void Whenever_the_supply_goes_files_and_keys_are_whole()
    {
        const int cuts = 200;
        var bench = new FakeBench(Script).PowerOn();
        var random = SplitMix64.For(7, "cuts");
        var at = 0.0;
        for (var i = 0; i < cuts; i++)
        {
            at += 0.3 + (random.NextDouble() * 0.2);
            bench.At(at, new ModemCommand.CutPower());
            at += 0.01;
            bench.At(at, new ModemCommand.ApplyPower());
        }

        bench.RunTo(at + 1);
        var looks = bench.UserLines.Where(l => l.StartsWith("I/user.look", StringComparison.Ordinal)).ToArray();
        looks.Length.ShouldBe(2 * (cuts + 1));
        looks.ShouldAllBe(line => !line.Contains("HALF", StringComparison.Ordinal));
        looks.Count(line => line.Contains("whole", StringComparison.Ordinal)).ShouldBeGreaterThan(cuts);
        // No block is lost by the files that were open.
        bench.UserLines.Where(l => l.StartsWith("I/user.space", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture)).Max()
            .ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public void A_commit_that_the_flash_does_not_have_yet_is_lost_whole()
    {
        const string script = """
            sys = require("sys")
            fskv.init()
            log.info("found", fskv.get("a"), (fskv.get("b")))
            sys.timerStart(function() fskv.set("a", 1) fskv.set("a", 2) fskv.set("b", 3) end, 1000)
            sys.run()
            """;
        var found = new List<string>();
        for (var ms = 0; ms <= 16; ms++)
        {
            var bench = new FakeBench(script).PowerOn();
            bench.RunTo(1);
            var start = bench.Line("I/user.found").At.TotalSeconds + 1;
            bench.At(start + (ms / 1000.0), new ModemCommand.CutPower());
            bench.At(4, new ModemCommand.ApplyPower());
            bench.RunTo(5);
            found.Add(bench.UserLines.Last()["I/user.found\t".Length..].Replace('\t', ' '));
        }

        // A new key is made empty at first: two commits. An empty key reads as none.
        found.Distinct().ShouldBe(["nil nil", "1 nil", "2 nil", "2 3"]);
    }

    [Fact]
    public void What_was_not_closed_is_lost_with_the_supply()
    {
        var bench = new FakeBench("""
            sys = require("sys")
            log.info("a", (io.readFile("/a.txt")))
            local file = io.open("/a.txt", "wb") file:write("new") file:flush()
            if not io.exists("/b.txt") then io.writeFile("/b.txt", "kept") end
            log.info("b", (io.readFile("/b.txt")))
            sys.run()
            """).PowerOn();
        bench.At(1, new ModemCommand.CutPower());
        bench.At(2, new ModemCommand.ApplyPower());
        bench.RunTo(3);
        bench.UserLines.ShouldBe(["I/user.a\tnil", "I/user.b\tkept", "I/user.a\t", "I/user.b\tkept"]);
    }
}
