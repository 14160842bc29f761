using AirHil.Cli.Output;

namespace AirHil.Cli.Tests.Output;

/// <summary>A run's files are written one after the other, whatever happens to one of them.</summary>
public sealed class EndingsTests
{
    [Fact]
    public void A_file_that_cannot_be_written_is_told_and_the_others_are_written()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var endings = new Endings(error);
        var written = new List<int>();
        endings.Do(() => written.Add(1));
        endings.HasFailed.ShouldBeFalse();
        endings.Do(() => throw new IOException("no space"));
        endings.Do(() => throw new UnauthorizedAccessException("not yours"));
        endings.Do(() => written.Add(2));
        endings.Conclude();
        endings.HasFailed.ShouldBeTrue();
        written.ShouldBe([1, 2]);
        error.ToString().ShouldBe("airhil: no space\nairhil: not yours\n");
    }

    [Fact]
    public void A_fault_that_is_no_matter_of_files_is_thrown_when_all_else_is_written()
    {
        using var error = new StringWriter();
        var endings = new Endings(error);
        var written = 0;
        endings.Do(() => throw new InvalidOperationException("first"));
        endings.Do(() => throw new InvalidOperationException("second"));
        endings.Do(() => written++);
        written.ShouldBe(1);
        error.ToString().ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(endings.Conclude).Message.ShouldBe("first");
    }

    [Fact]
    public void Two_runs_in_one_folder_get_names_of_their_own_and_a_third_the_first_names_again()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "out");
        using (var first = FolderHold.Take(path))
        using (var second = FolderHold.Take(path))
        {
            first.Suffix.ShouldBe("");
            second.Suffix.ShouldBe("-2");
        }

        using var third = FolderHold.Take(path);
        third.Suffix.ShouldBe("");
    }
}
