namespace Tocsin.Server.Traces.Groups;

sealed partial class SqlReduction
{
    /// <summary>Where in the output the arm of a CASE that is open begins, and the one before it; -1: none does.</summary>
    int arm;
    int armBefore;

    void ForgetArms() => (arm, armBefore) = (-1, -1);

    /// <summary>Before the keyword is written. One arm for each row, as bulk updates have them, is as good as one: equal neighbours are left out.</summary>
    void CloseArm(string keyword)
    {
        if (keyword is not ("CASE" or "WHEN" or "ELSE" or "END"))
        {
            return;
        }
        if (IsArmRepeated())
        {
            output.Length = arm;
        }
        else
        {
            armBefore = arm;
        }
        arm = output.Length;
        if (keyword != "WHEN")
        {
            ForgetArms();
        }
    }

    bool IsArmRepeated()
    {
        var length = arm - armBefore;
        return armBefore >= 0
            && output.Length - arm == length
            && output.Written.Slice(arm, length).SequenceEqual(output.Written.Slice(armBefore, length));
    }
}
